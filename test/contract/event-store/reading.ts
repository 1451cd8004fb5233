import { beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidPosition } from '../../../src/event-store/errors.js';
import type { StoredEvent } from '../../../src/event-store/event-store.js';
import { everything, failureOf, newEvents, newStream } from '../../support/store-events.js';
import type { Given } from '../event-store.contract.js';

export function reading(given: Given): void {
  describe('reading', () => {
    it('finds nothing in an empty store', async () => {
      expect(await given.store.head()).toBeUndefined();
      expect(await everything(given.store)).toEqual([]);
      expect(await given.store.read(newStream())).toEqual([]);
    });

    it('gives one stream from a revision on', async () => {
      const stream = newStream();
      const events = newEvents(5);
      await given.store.append(newStream(), newEvents(2), 'no_stream');
      await given.store.append(stream, events, 'no_stream');
      const ids = (await given.store.read(stream, 3)).map((event) => event.eventId);
      expect(ids).toEqual(events.slice(3).map((event) => event.eventId));
      expect(await given.store.read(stream, 5)).toEqual([]);
    });

    it('takes only its own positions', async () => {
      for (const position of ['', 'x', '-1', '1.5', '٣']) {
        expect(await failureOf(everything(given.store, position))).toBeInstanceOf(InvalidPosition);
      }
    });
  });

  describe('reading all streams', () => {
    const streams = Array.from({ length: 4 }, (_, index) => newStream(index % 2 ? 'case-' : 'campaign-'));
    let stored: StoredEvent[];

    beforeEach(async () => {
      for (let revision = -1; revision < 9; revision += 1) {
        for (const stream of streams) {
          await given.store.append(stream, newEvents(1), revision < 0 ? 'no_stream' : revision);
        }
      }
      stored = await everything(given.store);
    });

    it('gives every event once, in the order they were appended', () => {
      expect(stored.map(({ stream, revision }) => [stream, revision])).toEqual(
        Array.from({ length: 40 }, (_, index) => [streams[index % 4], Math.floor(index / 4)]),
      );
    });

    it('gives positions that ascend as strings and are equally long', () => {
      const positions = stored.map((event) => event.position);
      expect(new Set(positions).size).toBe(40);
      expect(positions.toSorted()).toEqual(positions);
      expect(new Set(positions.map(({ length }) => length)).size).toBe(1);
    });

    it('goes on after any position', async () => {
      for (const [index, { position }] of stored.entries()) {
        expect(await everything(given.store, position)).toEqual(stored.slice(index + 1));
      }
    });

    it('comes in batches no larger than asked for', async () => {
      const seen: StoredEvent[] = [];
      for await (const batch of given.store.readAll(undefined, undefined, 7)) {
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(7);
        seen.push(...batch);
      }
      expect(seen).toEqual(stored);
    });

    it.each([
      { prefixes: ['case-'] },
      { prefixes: ['campaign-', 'case-'] },
      { prefixes: ['ca'] },
      { prefixes: [''] },
      { prefixes: ['estimate-'] },
      { prefixes: [streams[2] ?? ''] },
      { prefixes: [] },
    ])('keeps to the streams that begin with $prefixes', async ({ prefixes }) => {
      const wanted = stored.filter(({ stream }) => prefixes.some((prefix) => stream.startsWith(prefix)));
      expect(await everything(given.store, undefined, { prefixes })).toEqual(wanted);
    });

    it('ends at the head there was when it began', async () => {
      const seen: StoredEvent[] = [];
      for await (const batch of given.store.readAll(undefined, undefined, 10)) {
        seen.push(...batch);
        await given.store.append(newStream(), newEvents(10), 'no_stream');
      }
      expect(seen).toEqual(stored);
    });
  });
}
