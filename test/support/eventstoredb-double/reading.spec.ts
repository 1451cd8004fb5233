import {
  BACKWARDS,
  END,
  FORWARDS,
  StreamDeletedError,
  StreamNotFoundError,
  UnknownError,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { DoubleData } from './double-data.js';
import { allOf, failureOf, givenDouble, idsOf, newEvents, newStream } from './given-double.js';

describe('reading a stream from the double', () => {
  const given = givenDouble();

  it('gives the events as they were sent, each with its place', async () => {
    const stream = newStream();
    const [sent] = newEvents(1);
    const before = Date.now();
    const { position } = await given.client.appendToStream(stream, sent!);
    const [read] = await allOf(given.client.readStream(stream));
    expect(read?.event).toMatchObject({ id: sent?.id, data: sent?.data, metadata: sent?.metadata });
    expect(read?.event).toMatchObject({
      streamId: stream,
      type: 'Arrested',
      isJson: true,
      revision: 0n,
      position,
    });
    expect(read?.commitPosition).toBe(position?.commit);
    expect(read?.event?.created.getTime()).toBeGreaterThanOrEqual(before);
  });

  it('begins at a revision, in either direction, and ends after a count', async () => {
    const stream = newStream();
    await given.client.appendToStream(stream, newEvents(300));
    const revisions = async (options: object): Promise<number[]> =>
      (await allOf(given.client.readStream(stream, options))).map(({ event }) => Number(event?.revision));
    expect(await revisions({})).toEqual([...Array(300).keys()]);
    expect(await revisions({ fromRevision: 297n })).toEqual([297, 298, 299]);
    expect(await revisions({ fromRevision: 2n, maxCount: 2 })).toEqual([2, 3]);
    expect(await revisions({ fromRevision: 1n, direction: BACKWARDS })).toEqual([1, 0]);
    expect(await revisions({ fromRevision: END, direction: BACKWARDS, maxCount: 2 })).toEqual([299, 298]);
    expect(await revisions({ fromRevision: 300n })).toEqual([]);
    expect(await revisions({ fromRevision: END })).toEqual([]);
  });

  it('says that a stream is not there, or was deleted', async () => {
    const stream = newStream();
    expect(await failureOf(allOf(given.client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError);
    await given.client.appendToStream(stream, newEvents(1));
    await given.client.deleteStream(stream);
    expect(await failureOf(allOf(given.client.readStream(stream)))).toBeInstanceOf(StreamNotFoundError);
    await given.client.tombstoneStream(stream);
    expect(await failureOf(allOf(given.client.readStream(stream)))).toBeInstanceOf(StreamDeletedError);
  });

  it('gives a link that leads nowhere without an event, and JSON that is none as text', async () => {
    const stream = newStream();
    given.double.data.appendMalformedJson(stream);
    given.double.data.appendUnresolvedLink(stream);
    const [malformed, link] = await allOf(given.client.readStream(stream));
    expect(malformed?.event?.data).toBe('{"cut":');
    expect(link?.event).toBeUndefined();
    expect(link?.link).toMatchObject({ type: '$>', revision: 1n });
  });
});

describe('reading everything from the double', () => {
  const given = givenDouble(() => ({
    data: new DoubleData({ origin: 2n ** 60n + 7n, systemEventEvery: 2 }),
  }));

  async function written(): Promise<{ id: string; position: bigint }[]> {
    for (let round = 0; round < 5; round += 1) {
      await given.client.appendToStream(newStream(), newEvents(2));
    }
    return given.double.data.records.map(({ id, position }) => ({ id, position }));
  }

  it("has the server's own events among the others, in the order of ever growing positions", async () => {
    const all = await written();
    const read = await allOf(given.client.readAll());
    expect(idsOf(read)).toEqual(all.map(({ id }) => id));
    expect(read.map(({ event }) => event?.position?.commit)).toEqual(all.map(({ position }) => position));
    const positions = all.map(({ position }) => position);
    expect(positions.every((position, index) => index === 0 || position > (positions[index - 1] ?? 0n))).toBe(
      true,
    );
    expect(positions.every((position) => BigInt(Number(position)) === position)).toBe(false);
    expect(read.some(({ event }) => event?.streamId.startsWith('$stats-'))).toBe(true);
    expect(given.double.data.events).toHaveLength(10);
  });

  it('begins at a position, with it forwards, before it backwards', async () => {
    const all = await written();
    const at = (index: number) => ({ commit: all[index]!.position, prepare: all[index]!.position });
    const read = async (options: object): Promise<unknown[]> =>
      idsOf(await allOf(given.client.readAll(options)));
    const ids = all.map(({ id }) => id);
    expect(await read({ fromPosition: at(3) })).toEqual(ids.slice(3));
    expect(await read({ fromPosition: at(3), maxCount: 2, direction: FORWARDS })).toEqual(ids.slice(3, 5));
    expect(await read({ fromPosition: at(3), direction: BACKWARDS })).toEqual(ids.slice(0, 3).reverse());
    expect(await read({ fromPosition: END, direction: BACKWARDS, maxCount: 1 })).toEqual(ids.slice(-1));
    expect(await read({ fromPosition: END })).toEqual([]);
  });

  it('refuses a place that is no position', async () => {
    const [first] = await written();
    const fromPosition = { commit: first!.position + 1n, prepare: first!.position + 1n };
    const refused = await failureOf(allOf(given.client.readAll({ fromPosition })));
    expect(refused).toBeInstanceOf(UnknownError);
    expect(refused).toMatchObject({ code: 3 });
  });
});
