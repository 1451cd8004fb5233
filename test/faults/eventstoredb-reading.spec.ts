import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../src/event-store/errors.js';
import type { StoredEvent, StreamFilter } from '../../src/event-store/event-store.js';
import type { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import type { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { eventually } from '../support/eventually.js';
import { everything, failureOf, newEvents, newStream } from '../support/store-events.js';
import { SHORT, StoreOnDouble } from './support/store-on-double.js';

let at: StoreOnDouble;
let double: EventStoreDouble;
let store: EventStoreDBEventStore;

beforeEach(async () => {
  at = await StoreOnDouble.start();
  ({ double, store } = at);
});
afterEach(() => at.stop());

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
    const impatient = at.open({ ...SHORT, reading: 500 });
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
        await eventually(() => at.troubles.length >= breaks);
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
    await eventually(() => at.troubles.length > 0);
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
