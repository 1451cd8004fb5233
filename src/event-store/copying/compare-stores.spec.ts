import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anyContent, crossing, figures, fill, quietly, type Content } from '../../../test/support/copies.js';
import { FailingStore } from '../../../test/support/failing-store.js';
import { everything, failureOf, newEvent, newEvents } from '../../../test/support/store-events.js';
import { StoreUnavailable } from '../errors.js';
import type { NewEvent } from '../event-store.js';
import { compareStores, isBeginning } from './compare-stores.js';

const storeOf = (content: Content): Promise<FailingStore> => fill(new FailingStore(), content);

/** The content with its fifth event (`case-a`, revision 3) put otherwise. */
const changed = (content: Content, change: Partial<NewEvent>): Content =>
  content.map(([stream, events], place) => [
    stream,
    place === 2 ? events.map((event) => ({ ...event, ...change })) : events,
  ]);

describe('two stores', () => {
  it('are the same when every event is, and then so are their digests', () =>
    fc.assert(
      fc.asyncProperty(anyContent, async (content) => {
        const found = await compareStores(await storeOf(content), await storeOf(content), quietly());
        const events = content.flatMap(([, events]) => events).length;
        expect(figures(found)).toEqual({ same: events, source: events, target: events, place: undefined });
        expect(found.source).toEqual(found.target);
        expect(isBeginning(found)).toBe(true);
      }),
    ));

  it('have digests that anybody can make', async () => {
    const store = await storeOf(crossing());
    const lines = (await everything(store)).map((event) => {
      const { stream, revision, eventId, type, payload, metadata } = event;
      return `${JSON.stringify([stream, revision, eventId, type, payload, metadata])}\n`;
    });
    const { source } = await compareStores(store, store, quietly());
    expect(source).toEqual({ events: 10, sha256: createHash('sha256').update(lines.join('')).digest('hex') });
  });

  it.each<[string, Partial<NewEvent>, string]>([
    ['payload, by one byte', { payload: '{"n":2 }' }, 'payload'],
    ['metadata', { metadata: '{"by":"somebody"}' }, 'metadata'],
    ['type', { type: 'Released' }, 'type'],
    ['id', { eventId: '01890000-0000-7000-8000-000000000000' }, 'eventId'],
  ])('differ where an event has another %s', async (_, change, field) => {
    const content = crossing();
    const [source, target] = [await storeOf(content), await storeOf(changed(content, change))];
    const found = await compareStores(source, target, quietly());
    expect(figures(found)).toEqual({ same: 4, source: 10, target: 10, place: 5 });
    expect(found.difference).toMatchObject({
      differing: [field],
      source: { stream: 'case-a', revision: 3 },
      target: change,
    });
    expect(found.target.sha256).not.toBe(found.source.sha256);
    expect(isBeginning(found)).toBe(false);
  });

  it('differ where events of two streams have changed places', async () => {
    const [first, second, third, ...rest] = crossing();
    const source = await storeOf([first!, second!, third!, ...rest]);
    const target = await storeOf([first!, third!, second!, ...rest]);
    const found = await compareStores(source, target, quietly());
    expect(figures(found)).toEqual({ same: 3, source: 10, target: 10, place: 4 });
    expect(found.difference?.differing).toEqual(expect.arrayContaining(['stream', 'revision', 'eventId']));
    expect(found.target.sha256).not.toBe(found.source.sha256);
  });

  it('differ where one is at its end: the other may go on from there', async () => {
    const content = crossing();
    const [whole, beginning] = [await storeOf(content), await storeOf(content.slice(0, 3))];
    const found = await compareStores(whole, beginning, quietly());
    expect(figures(found)).toEqual({ same: 5, source: 10, target: 5, place: 6 });
    expect(found.lastSame).toBe((await everything(whole))[4]?.position);
    expect(found.difference).toMatchObject({ source: { stream: 'case-b', revision: 1 }, differing: [] });
    expect(isBeginning(found)).toBe(true);

    const reversed = await compareStores(beginning, whole, quietly());
    expect(figures(reversed)).toEqual({ same: 5, source: 5, target: 10, place: 6 });
    expect(isBeginning(reversed)).toBe(false);
  });

  it('differ where a foreign event stands before all others', async () => {
    const content = crossing();
    const target = await storeOf([['other-app', newEvents(1)], ...content]);
    const found = await compareStores(await storeOf(content), target, quietly());
    expect(figures(found)).toEqual({ same: 0, source: 10, target: 11, place: 1 });
    expect(found.lastSame).toBeUndefined();
    expect(isBeginning(found)).toBe(false);
  });
});

describe('reading a store to its end', () => {
  it('goes on where a read broke off, or ended too early', async () => {
    const content: Content = [
      ['case-a', newEvents(20)],
      ['case-b', newEvents(20)],
    ];
    const [source, target] = [await storeOf(content), await storeOf(content)];
    target.readings.push({ after: 3, how: 'breaks' }, { after: 8, how: 'ends' }, { after: 0, how: 'ends' });
    source.readings.push({ after: 30, how: 'ends' });
    const troubles: string[] = [];
    const watch = quietly({ trouble: (reason) => troubles.push(reason) });
    expect(figures(await compareStores(source, target, watch))).toMatchObject({ same: 40, target: 40 });
    expect(troubles).toHaveLength(4);
  });

  it('comes to an end where nothing can be read for too long', async () => {
    const [source, target] = [await storeOf(crossing()), await storeOf(crossing())];
    target.failure = new StoreUnavailable('nobody is there');
    const watch = quietly({ patience: { forMs: 0, everyMs: 0 } });
    expect(await failureOf(compareStores(source, target, watch))).toBe(target.failure);
  });

  it('tries nothing again that will not pass', async () => {
    const source = await storeOf(crossing());
    source.failure = new TypeError('a bug');
    expect(await failureOf(compareStores(source, source, quietly()))).toBe(source.failure);
  });

  it('ends when it is told to, also while it waits', async () => {
    const store = await storeOf([['case-a', [newEvent(), ...newEvents(50)]]]);
    const between = new AbortController();
    const show = (done: number): void => (done === 20 ? between.abort() : undefined);
    const comparing = compareStores(store, store, quietly({ show, signal: between.signal }));
    expect(await failureOf(comparing)).toBe(between.signal.reason);

    const waiting = new AbortController();
    store.failure = new StoreUnavailable('nobody is there');
    const trouble = (): void => waiting.abort();
    const patience = { forMs: 60_000, everyMs: 60_000 };
    await failureOf(compareStores(store, store, quietly({ trouble, patience, signal: waiting.signal })));
    expect(waiting.signal.aborted).toBe(true);
  });
});
