import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HabeasError } from '../../src/errors.js';
import {
  InvalidAppend,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '../../src/event-store/errors.js';
import type { StoredEvent, StreamFilter } from '../../src/event-store/event-store.js';
import { connectionTo } from '../support/connection-to.js';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { Patience } from '../../src/event-store/eventstoredb/patience.js';
import { DoubleCluster } from '../support/eventstoredb-double/double-cluster.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { eventually } from '../support/eventually.js';
import { everything, failureOf, newEvent, newEvents, newStream } from '../support/store-events.js';

/** Shorter than in earnest: nothing here takes long unless it takes for ever. */
const SHORT: Patience = {
  greeting: 1_000,
  attempt: 700,
  settling: 4_000,
  connecting: 500,
  reading: 1_000,
  silence: 700,
  quiet: 300,
};

let double: EventStoreDouble;
let store: EventStoreDBEventStore;
let troubles: string[];

const open = (url: string, patience = SHORT): EventStoreDBEventStore => {
  const to = connectionTo(url);
  return new EventStoreDBEventStore(to, { patience, onTrouble: (reason) => troubles.push(reason) });
};

beforeEach(async () => {
  troubles = [];
  double = await EventStoreDouble.start();
  store = open(double.connectionString);
});
afterEach(async () => {
  double.faults.clear();
  await store.close();
  await double.stop();
});

const idsIn = (stream: string): string[] =>
  double.data.events.filter((e) => e.stream === stream).map(({ id }) => id);

describe('an append is stored once and answered for', () => {
  it.each([
    { answer: 'never', written: false },
    { answer: 'never', written: true },
    { answer: 'unavailable', written: false },
    { answer: 'unavailable', written: true },
    { answer: 'cancelled', written: true },
    { answer: 'internal', written: false },
    { answer: 'internal', written: true },
    { answer: 'end', written: true },
    { answer: 'not-leader', written: false },
  ] as const)('when the server answers it with "$answer" (written: $written)', async (fault) => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    double.faults.appends.next(fault);
    const events = newEvents(2);
    const result = await store.append(stream, events, 0);
    expect(result).toMatchObject({ revision: 2, alreadyStored: false });
    expect(idsIn(stream).slice(1)).toEqual(events.map(({ eventId }) => eventId));
    expect(double.faults.appends.left).toBe(0);
  });

  it.each(['not-ready', 'busy', 'timeout', 'unknown'] as const)(
    'when the server is for a moment %s',
    async (answer) => {
      double.faults.appends.next({ answer, written: false }, 2);
      const stream = newStream();
      expect(await store.append(stream, newEvents(1), 'no_stream')).toMatchObject({ revision: 0 });
      expect(idsIn(stream)).toHaveLength(1);
    },
  );

  it('whatever becomes of the others that are under way', async () => {
    const other = open(double.connectionString);
    await other.append(newStream(), newEvents(1), 'no_stream');
    for (let n = 0; n < 5; n += 1)
      double.faults.appends.next({ answer: 'unavailable', written: n % 2 === 0 });
    const appends = Array.from({ length: 60 }, (_, i) =>
      (i % 2 ? store : other).append(newStream(), newEvents(1), 'no_stream'),
    );
    const results = await Promise.all(appends);
    expect(results.every(({ revision }) => revision === 0)).toBe(true);
    expect(await everything(store)).toHaveLength(61);
    await other.close();
  });

  it('and the server’s features are never asked for, which may hang and is then remembered', async () => {
    double.faults.features.next('never', Infinity);
    await store.append(newStream(), newEvents(1), 'no_stream');
    expect(double.traffic.featureQuestions).toBe(0);
    expect(double.traffic.openBatchStreams).toBe(0);
  });

  it('through a restart of the server', async () => {
    await store.append(newStream(), newEvents(1), 'no_stream');
    await double.stop();
    const coming = store.append(newStream(), newEvents(1), 'no_stream');
    await double.start();
    expect(await coming).toMatchObject({ revision: 0 });
    expect(await everything(store)).toHaveLength(2);
  });
});

describe('an append that comes to nothing says what is known', () => {
  it('that its outcome is unknown, if it may have been written', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    const events = newEvents(1);
    double.faults.appends.next({ answer: 'unavailable', written: true }, Infinity);
    expect(await failureOf(store.append(stream, events, 0))).toBeInstanceOf(OutcomeUnknown);
    double.faults.clear();
    // What it advises settles it.
    expect(await store.append(stream, events, 0)).toMatchObject({ revision: 1, alreadyStored: true });
    expect(idsIn(stream)).toHaveLength(2);
  });

  it('that nothing was written, if nobody could be reached', async () => {
    await double.stop();
    const stream = newStream();
    expect(await failureOf(store.append(stream, newEvents(1), 'no_stream'))).toBeInstanceOf(StoreUnavailable);
    expect(idsIn(stream)).toEqual([]);
    await double.start();
    expect(await store.append(stream, newEvents(1), 'no_stream')).toMatchObject({ revision: 0 });
  });

  it('that the credentials are refused', async () => {
    await store.head();
    double.faults.appends.next({ answer: 'access-denied', written: false });
    const failure = await failureOf(store.append(newStream(), newEvents(1), 'no_stream'));
    expect(failure).toBeInstanceOf(StoreUnavailable);
    expect(String(failure)).toContain('credentials');
  });

  it('that it is too large for the server', async () => {
    const stream = newStream();
    const event = newEvent({ payload: JSON.stringify('x'.repeat(1_100_000)) });
    // So much takes its time on a busy machine.
    const patient = open(double.connectionString, { ...SHORT, attempt: 20_000, settling: 30_000 });
    expect(await failureOf(patient.append(stream, [event], 'no_stream'))).toBeInstanceOf(InvalidAppend);
    expect(idsIn(stream)).toEqual([]);
    await patient.close();
  });

  it('that an id is none that the server takes', async () => {
    for (const eventId of ['', 'event-1', randomUUID().toUpperCase()]) {
      const append = store.append(newStream(), [newEvent({ eventId })], 'no_stream');
      expect(await failureOf(append)).toBeInstanceOf(InvalidAppend);
    }
    expect(double.data.events).toEqual([]);
  });

  it('that the stream was deleted', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    double.data.delete(stream, 'any', true);
    expect(await failureOf(store.append(stream, newEvents(1), 0))).toMatchObject({ code: 'stream-deleted' });
    expect(await failureOf(store.read(stream))).toBeInstanceOf(HabeasError);
  });
});

describe('a read', () => {
  it('goes on where it was cut off', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(400), 'no_stream');
    for (const answer of ['unavailable', 'cancelled', 'never', 'end'] as const) {
      double.faults.reads.next({ answer, after: 150, of: 'all' });
      const read = await everything(store);
      expect(read.map(({ revision }) => revision)).toEqual(Array.from({ length: 400 }, (_, i) => i));
    }
    double.faults.reads.next({ answer: 'unavailable', after: 10, of: 'stream' });
    expect(await store.read(stream)).toHaveLength(400);
  });

  it('of a server that says nothing comes to an end', async () => {
    await store.append(newStream(), newEvents(1), 'no_stream');
    double.faults.reads.next({ answer: 'never' }, Infinity);
    expect(await failureOf(store.read(newStream()))).toBeInstanceOf(StoreUnavailable);
    expect(await failureOf(store.head())).toBeInstanceOf(StoreUnavailable);
  });

  it('of a server that says nothing is not begun again when it has taken too long', async () => {
    const impatient = open(double.connectionString, { ...SHORT, reading: 500 });
    await impatient.head();
    double.faults.reads.next({ answer: 'never' }, Infinity);
    const before = double.traffic.reads;
    expect(await failureOf(impatient.read(newStream()))).toBeInstanceOf(StoreUnavailable);
    expect(double.traffic.reads - before).toBe(1);
    await impatient.close();
  });

  it('that is left early leaves no call open', async () => {
    for (let n = 0; n < 5; n += 1) await store.append(newStream(), newEvents(200), 'no_stream');
    for (let n = 0; n < 5; n += 1) {
      for await (const _ of store.readAll(undefined, undefined, 10)) break;
    }
    await eventually(() => double.traffic.openReads === 0);
  });

  it('passes over links that lead nowhere, and hands on what was never JSON', async () => {
    const stream = newStream();
    await store.append(stream, newEvents(1), 'no_stream');
    double.data.appendUnresolvedLink(stream);
    double.data.appendMalformedJson(stream);
    await store.append(newStream(), newEvents(1), 'no_stream');
    const read = await everything(store);
    expect(read.map(({ payload }) => payload)).toContain('{"cut":');
    expect(read.filter(({ type }) => type === 'NoteAdded')).toHaveLength(2);
  });
});

describe('a subscription', () => {
  const listen = (filter?: StreamFilter) => {
    const subscription = store.subscribe(undefined, filter);
    const seen: StoredEvent[] = [];
    const ended = (async () => {
      for await (const batch of subscription) seen.push(...batch);
    })();
    return { seen, stop: () => (subscription.stop(), ended) };
  };
  const fill = (count: number) => store.append(newStream(), newEvents(count), 'no_stream');

  it.each(['unavailable', 'cancelled', 'internal', 'end'] as const)(
    'that the server breaks off with "%s" goes on after the last event',
    async (answer) => {
      await fill(30);
      double.faults.subscriptions.next({ answer, after: 10 }, 4);
      const listener = listen();
      for (let breaks = 1; breaks <= 4; breaks += 1) {
        await eventually(() => double.traffic.subscriptions >= breaks);
        await fill(10);
        await eventually(() => troubles.length >= breaks);
      }
      await fill(30);
      await eventually(() => listener.seen.length >= 100);
      await listener.stop();
      expect(listener.seen).toEqual(await everything(store));
    },
  );

  it('that is open and brings nothing is noticed, and taken up again', async () => {
    const listener = listen({ prefixes: ['case-'] });
    await fill(1);
    await eventually(() => listener.seen.length === 1);
    double.faults.subscriptionsStalled = true;
    await fill(5);
    await eventually(() => troubles.length > 0);
    double.faults.subscriptionsStalled = false;
    await eventually(() => listener.seen.length === 6);
    await listener.stop();
    expect(listener.seen).toEqual(await everything(store));
  });

  it('survives a restart of the server', async () => {
    const listener = listen();
    await fill(3);
    await eventually(() => listener.seen.length === 3);
    await double.restart();
    await fill(3);
    await eventually(() => listener.seen.length === 6);
    await listener.stop();
    expect(listener.seen).toEqual(await everything(store));
  });

  it('that matched nothing does not jump to the end of all logs', async () => {
    double.faults.endOfLogCheckpoint = true;
    const listener = listen({ prefixes: ['estimate-'] });
    await fill(100);
    double.faults.subscriptions.next({ answer: 'end' });
    await double.restart();
    await store.append(newStream('estimate-'), newEvents(2), 'no_stream');
    await eventually(() => listener.seen.length === 2);
    await listener.stop();
  });

  it('leaves no call open when it is stopped', async () => {
    const listener = listen();
    await fill(1);
    await eventually(() => listener.seen.length === 1);
    await listener.stop();
    await eventually(() => double.traffic.openSubscriptions === 0);
  });
});

describe('a cluster', () => {
  it('is found by one of its nodes, and the leader is, wherever it moves to', async () => {
    const cluster = await DoubleCluster.start(3);
    const [first, second] = cluster.nodes;
    const clustered = open(cluster.connectionString);
    const stream = newStream();
    await clustered.append(stream, newEvents(1), 'no_stream');
    cluster.elect(second ?? cluster.leader);
    await clustered.append(stream, newEvents(1), 0);
    await second?.stop();
    cluster.elect(first ?? cluster.leader);
    await clustered.append(stream, newEvents(1), 1);
    expect(await clustered.read(stream)).toHaveLength(3);
    expect(await failureOf(clustered.append(stream, newEvents(1), 1))).toBeInstanceOf(RevisionConflict);
    await clustered.close();
    await cluster.stop();
  });
});
