import { beforeEach, describe, expect, it } from '@jest/globals';
import { put } from '../../test/support/boxes.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { HeldLog } from './held-log.js';

const NEVER = new AbortController().signal;
const EVENTS_A_BATCH = 2;

describe('a log that is held', () => {
  let store: InMemoryEventStore;
  let early: string;

  const hold = (after?: string, mostText?: number, signal = NEVER) =>
    HeldLog.of(store.readAll(after, undefined, EVENTS_A_BATCH), store, signal, mostText);
  const streamsOf = (log: HeldLog | undefined) => async (stream: string, fromRevision?: number) =>
    (await log?.read(stream, fromRevision))?.map(({ payload }) => payload);

  beforeEach(async () => {
    store = new InMemoryEventStore();
    early = await put(store, 'a', 1);
    for (const [box, thing] of [
      ['b', 2],
      ['a', 3],
      ['b', 4],
      ['b', 5],
    ] as const)
      await put(store, box, thing);
  });

  it('gives the batches it was read in, and streams without the store', async () => {
    const log = await hold();
    store.failure = new Error('the store was asked');
    const read = streamsOf(log);
    expect(log?.batches.map((batch) => batch.map(({ payload }) => payload))).toEqual([
      ['1', '2'],
      ['3', '4'],
      ['5'],
    ]);
    expect(await read('box-a')).toEqual(['1', '3']);
    expect(await read('box-b')).toEqual(['2', '4', '5']);
    expect(await read('box-b', 1)).toEqual(['4', '5']);
    expect(await read('box-b', 3)).toEqual([]);
  });

  it('gives streams as they were when it was read', async () => {
    const read = streamsOf(await hold());
    await put(store, 'a', 6);
    expect(await read('box-a')).toEqual(['1', '3']);
  });

  it('asks the store for streams that begin before it, or are not in it', async () => {
    const read = streamsOf(await hold(early));
    await put(store, 'c', 7);
    expect(await read('box-a')).toEqual(['1', '3']);
    expect(await read('box-c')).toEqual(['7']);
    expect(await read('box-d')).toEqual([]);
    store.failure = new Error('the store was asked');
    expect(await read('box-b')).toEqual(['2', '4', '5']);
    await expect(read('box-a')).rejects.toThrow('the store was asked');
  });

  it('is given up when it is too long, or nobody wants it any more', async () => {
    const text = (await store.read('box-b')).reduce(
      (sum, { payload, metadata }) => sum + payload.length + metadata.length,
      0,
    );
    expect(await hold(undefined, text)).toBeUndefined();
    expect(await hold(undefined, 2 * text)).toBeInstanceOf(HeldLog);
    expect(await hold(undefined, undefined, AbortSignal.abort())).toBeUndefined();
  });

  it('fails as the store fails', async () => {
    store.failure = new Error('no store');
    await expect(hold()).rejects.toThrow('no store');
  });
});
