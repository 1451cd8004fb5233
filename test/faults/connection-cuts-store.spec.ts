import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RevisionConflict, StoreUnavailable } from '../../src/event-store/errors.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { connectionTo } from '../support/connection-to.js';
import { Connection } from '../../src/event-store/eventstoredb/connection.js';
import type { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { Patience } from '../../src/event-store/eventstoredb/patience.js';
import { Reading } from '../../src/event-store/eventstoredb/reading.js';
import { eventually } from '../support/eventually.js';
import { everything, failureOf, newEvent, newEvents, newStream } from '../support/store-events.js';
import type { Direction } from '../support/tcp-proxy.js';
import { Line } from './support/line.js';

/** Shorter than in earnest: how long it takes to give up is not what is looked at. */
const SHORT: Patience = {
  greeting: 1_000,
  attempt: 700,
  settling: 4_000,
  connecting: 2_000,
  reading: 3_000,
  silence: 700,
  quiet: 300,
};
const BOTH: Direction[] = ['requests', 'replies'];
/** About what an append sends, and what is answered to it and to the look that follows. */
const BYTES: Record<Direction, number> = { requests: 600, replies: 600 };
const STEP = 19;

let line: Line;
let store: EventStoreDBEventStore;

beforeEach(async () => {
  line = await Line.start();
  store = line.openStore({ patience: SHORT });
});
afterEach(async () => {
  line.proxy.heal();
  await store.close();
  await line.stop();
});

const idsIn = (stream: string): string[] => line.node.data.stream(stream)?.records.map(({ id }) => id) ?? [];

/** Whoever follows, and what has come to him. */
function listen(): { seen: StoredEvent[]; stop: () => Promise<void> } {
  const subscription = store.subscribe(undefined);
  const seen: StoredEvent[] = [];
  const ended = (async () => {
    for await (const batch of subscription) seen.push(...batch);
  })();
  return { seen, stop: () => (subscription.stop(), ended) };
}

describe('an append is stored once and answered for, and told to whoever follows once', () => {
  it.each(BOTH)('wherever in the %s the connection is cut', async (direction) => {
    const stream = newStream();
    const events = newEvents(1 + Math.ceil(BYTES[direction] / STEP));
    await store.append(stream, events.slice(0, 1), 'no_stream');
    const listener = listen();
    await eventually(() => listener.seen.length === 1);
    for (const [place, event] of events.entries()) {
      if (place === 0) continue;
      const cut = line.proxy.cutAt(direction, (place - 1) * STEP);
      const result = await store.append(stream, [event], place - 1);
      expect(result).toMatchObject({ revision: place, alreadyStored: false });
      await eventually(() => listener.seen.length === place + 1);
      // It has happened in the meantime, or it happens to the next thing that passes.
      await Promise.all([cut, store.head()]);
    }
    expect(line.proxy.damage.cut).toBeGreaterThanOrEqual(events.length - 1);
    expect(idsIn(stream)).toEqual(events.map(({ eventId }) => eventId));
    expect(listener.seen).toEqual(await everything(store));
    await listener.stop();
  });

  it.each([['requests'], ['replies'], BOTH].map((lost) => ({ lost, which: lost.join(' and ') })))(
    'over a connection in which the $which are lost and nobody is told',
    async ({ lost }) => {
      const stream = newStream();
      await store.append(stream, newEvents(1), 'no_stream');
      const listener = listen();
      await eventually(() => listener.seen.length === 1);
      line.proxy.swallow(...(lost as Direction[]));
      const [event, later] = [newEvent(), newEvent()];
      const coming = store.append(stream, [event], 0);
      await eventually(() => line.proxy.damage.spoilt > 0);
      line.proxy.heal();
      expect(await coming).toMatchObject({ revision: 1, alreadyStored: false });
      expect(await store.append(stream, [later], 1)).toMatchObject({ revision: 2 });
      await eventually(() => listener.seen.length === 3);
      expect(idsIn(stream).slice(1)).toEqual([event.eventId, later.eventId]);
      expect(listener.seen).toEqual(await everything(store));
      await listener.stop();
      // The dead connections are let go, however they were spoilt.
      await store.close();
      await eventually(() => line.proxy.open === 0);
    },
  );
});

describe('an append that arrives late', () => {
  it('when it has been sent again meanwhile, is stored once', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    const { accepted } = line.proxy;
    const event = newEvent();
    line.proxy.hold();
    const coming = store.append(stream, [event], 0);
    await eventually(() => line.proxy.waiting('requests') > 0);
    // The first attempt has been given up, and the next waits beside it.
    await eventually(() => line.proxy.accepted > accepted);
    line.proxy.heal();
    expect(await coming).toMatchObject({ revision: 1, alreadyStored: false });
    expect(await store.append(stream, newEvents(1), 1)).toMatchObject({ revision: 2 });
    expect(idsIn(stream)).toHaveLength(3);
    expect(idsIn(stream)[1]).toBe(event.eventId);
  });

  it('when others have gone on from there, is not stored, and its caller is told', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    line.proxy.hold();
    const late = failureOf(store.append(stream, newEvents(1), 0));
    await eventually(() => line.proxy.waiting('requests') > 0);
    const nearby = line.openStoreNearby();
    const [event] = newEvents(1);
    await nearby.append(stream, [event!], 0);
    await nearby.close();
    line.proxy.heal();
    expect(await late).toBeInstanceOf(RevisionConflict);
    expect(idsIn(stream)).toEqual([expect.any(String), event!.eventId]);
  });
});

describe('a read that is under way in a client that is given up', () => {
  const connected = () => {
    const to = connectionTo(line.url);
    return new Connection(to, SHORT);
  };

  it('is read again: the client ends it as if that were all', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(30), 'no_stream');
    const connection = connected();
    const reading = new Reading(connection);
    const readings = [
      async () => (await reading.stream(stream, 0)).length,
      async () => (await reading.last(undefined))?.revision,
      () => lengthOf(reading.all(undefined)),
    ];
    for (const begin of readings) {
      const whole = await begin();
      const { reads } = line.node.traffic;
      line.node.faults.reads.next({ answer: 'never' });
      const under = begin();
      await eventually(() => line.node.traffic.reads > reads);
      connection.renew(await connection.client());
      expect(await under).toEqual(whole);
    }
    await connection.close();
  });

  it('comes to nothing when the store is closed', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    line.node.faults.reads.next({ answer: 'never' });
    const { reads } = line.node.traffic;
    const failure = failureOf(store.read(stream));
    await eventually(() => line.node.traffic.reads > reads);
    await store.close();
    expect(await failure).toBeInstanceOf(StoreUnavailable);
  });

  async function lengthOf(batches: AsyncIterable<readonly unknown[]>): Promise<number> {
    let length = 0;
    for await (const batch of batches) length += batch.length;
    return length;
  }
});
