import { describe, expect, it } from '@jest/globals';
import type {
  EventStore,
  Position,
  StoredEvent,
  StreamFilter,
} from '../../../src/event-store/event-store.js';
import { eventually } from '../../support/eventually.js';
import { everything, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function subscribing(given: Given): void {
  describe('subscribing', () => {
    it('gives what is there, and then what comes', async () => {
      await fill(given.store, 10);
      const listener = listen(given.store);
      await eventually(() => listener.seen.length === 10);
      await fill(given.store, 10);
      await eventually(() => listener.seen.length === 20);
      await listener.stop();
      expect(listener.seen).toEqual(await everything(given.store));
    });

    it('leaves no gap and doubles nothing where catching up meets what is being appended', async () => {
      await fill(given.store, 1_500);
      const writing = Promise.all(Array.from({ length: 16 }, () => fill(given.store, 50)));
      const listeners = Array.from({ length: 3 }, () => listen(given.store));
      await writing;
      const stored = await everything(given.store);
      for (const listener of listeners) {
        await eventually(() => listener.seen.length >= stored.length);
        await listener.stop();
        expect(listener.seen).toEqual(stored);
      }
    });

    it('gives a slow listener everything, in order', async () => {
      const listener = listen(given.store, {
        between: () => new Promise((resolve) => setImmediate(resolve)),
      });
      await Promise.all(Array.from({ length: 4 }, () => fill(given.store, 300)));
      await eventually(() => listener.seen.length >= 1_200);
      await listener.stop();
      expect(listener.seen).toEqual(await everything(given.store));
    });

    it('begins after a position', async () => {
      await fill(given.store, 10);
      const stored = await everything(given.store);
      const listener = listen(given.store, { after: stored[5]?.position });
      await eventually(() => listener.seen.length === 4);
      await fill(given.store, 1);
      await eventually(() => listener.seen.length === 5);
      await listener.stop();
      expect(listener.seen.slice(0, 4)).toEqual(stored.slice(6));
    });

    it('keeps to the streams asked for', async () => {
      const listener = listen(given.store, { filter: { prefixes: ['case-', 'estimate-'] } });
      for (let round = 0; round < 5; round += 1) {
        for (const prefix of ['case-', 'access-', 'estimate-', 'campaign-'])
          await fill(given.store, 2, prefix);
      }
      await eventually(() => listener.seen.length >= 20);
      await listener.stop();
      const wanted = (await everything(given.store)).filter(({ stream }) => /^(case|estimate)-/.test(stream));
      expect(listener.seen).toEqual(wanted);
    });

    it('hears of what another connection appends', async () => {
      const other = await given.open();
      const listener = listen(given.store);
      await fill(other, 3);
      await eventually(() => listener.seen.length === 3);
      await fill(given.store, 3);
      await fill(other, 3);
      await eventually(() => listener.seen.length === 9);
      await listener.stop();
      expect(listener.seen).toEqual(await everything(other));
    });

    it('ends when it is stopped while it waits, and gives nothing more', async () => {
      const listener = listen(given.store);
      await fill(given.store, 1);
      await eventually(() => listener.seen.length === 1);
      await listener.stop();
      await fill(given.store, 1);
      expect(listener.seen).toHaveLength(1);
    });

    it('ends after the batch in hand when it is stopped there', async () => {
      await fill(given.store, 2_000);
      const subscription = given.store.subscribe(undefined);
      let batches = 0;
      for await (const batch of subscription) {
        expect(batch.length).toBeLessThan(2_000);
        batches += 1;
        subscription.stop();
      }
      expect(batches).toBe(1);
    });

    it('ends when the store is closed', async () => {
      const listener = listen(given.store);
      await fill(given.store, 1);
      await eventually(() => listener.seen.length === 1);
      await given.store.close();
      await listener.ended;
    });
  });
}

async function fill(store: EventStore, count: number, prefix?: string): Promise<void> {
  const stream = newStream(prefix);
  const events = newEvents(count);
  const half = Math.ceil(count / 2);
  await store.append(stream, events.slice(0, half), 'no_stream');
  if (half < count) await store.append(stream, events.slice(half), half - 1);
}

interface Listening {
  after?: Position | undefined;
  filter?: StreamFilter;
  between?: () => Promise<void>;
}

interface Listener {
  seen: StoredEvent[];
  ended: Promise<void>;
  stop(): Promise<void>;
}

function listen(store: EventStore, { after, filter, between }: Listening = {}): Listener {
  const subscription = store.subscribe(after, filter);
  const seen: StoredEvent[] = [];
  const run = async (): Promise<void> => {
    for await (const batch of subscription) {
      seen.push(...batch);
      await between?.();
    }
  };
  const ended = run();
  return {
    seen,
    ended,
    stop: () => {
      subscription.stop();
      return ended;
    },
  };
}
