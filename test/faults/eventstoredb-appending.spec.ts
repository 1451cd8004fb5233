import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { HabeasError } from '../../src/errors.js';
import {
  InvalidAppend,
  OutcomeUnknown,
  RevisionConflict,
  StoreUnavailable,
} from '../../src/event-store/errors.js';
import type { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { DoubleCluster } from '../support/eventstoredb-double/double-cluster.js';
import type { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { everything, failureOf, newEvent, newEvents, newStream } from '../support/store-events.js';
import { SHORT, StoreOnDouble } from './support/store-on-double.js';

let at: StoreOnDouble;
let double: EventStoreDouble;
let store: EventStoreDBEventStore;

beforeEach(async () => {
  at = await StoreOnDouble.start();
  ({ double, store } = at);
});
afterEach(() => at.stop());

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
    expect(at.idsIn(stream).slice(1)).toEqual(events.map(({ eventId }) => eventId));
    expect(double.faults.appends.left).toBe(0);
  });

  it.each(['not-ready', 'busy', 'timeout', 'unknown'] as const)(
    'when the server is for a moment %s',
    async (answer) => {
      double.faults.appends.next({ answer, written: false }, 2);
      const stream = newStream();
      expect(await store.append(stream, newEvents(1), 'no_stream')).toMatchObject({ revision: 0 });
      expect(at.idsIn(stream)).toHaveLength(1);
    },
  );

  it('whatever becomes of the others that are under way', async () => {
    const other = at.open();
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
    expect(at.idsIn(stream)).toHaveLength(2);
  });

  it('that nothing was written, if nobody could be reached', async () => {
    await double.stop();
    const stream = newStream();
    expect(await failureOf(store.append(stream, newEvents(1), 'no_stream'))).toBeInstanceOf(StoreUnavailable);
    expect(at.idsIn(stream)).toEqual([]);
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
    const patient = at.open({ ...SHORT, attempt: 20_000, settling: 30_000 });
    expect(await failureOf(patient.append(stream, [event], 'no_stream'))).toBeInstanceOf(InvalidAppend);
    expect(at.idsIn(stream)).toEqual([]);
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

describe('a cluster', () => {
  it('is found by one of its nodes, and the leader is, wherever it moves to', async () => {
    const cluster = await DoubleCluster.start(3);
    const [first, second] = cluster.nodes;
    const clustered = at.open(SHORT, cluster.connectionString);
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
