import { randomUUID } from 'node:crypto';
import {
  ANY,
  BACKWARDS,
  MaxAppendSizeExceededError,
  NO_STREAM,
  STREAM_EXISTS,
  StreamDeletedError,
  UnknownError,
  WrongExpectedVersionError,
  jsonEvent,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { allOf, failureOf, givenDouble, idsOf, newEvent, newEvents, newStream } from './given-double.js';
import { textsOf } from './log-record.js';

const WAYS = [
  { name: 'in batches', batchAppend: true },
  { name: 'one call each', batchAppend: false },
];

describe.each(WAYS)('appending to the double $name', ({ batchAppend }) => {
  const given = givenDouble(() => ({ batchAppend }));
  const append = (stream: string, ...[events, expectedRevision]: Args) =>
    given.client.appendToStream(stream, events, { expectedRevision });
  type Args = [ReturnType<typeof newEvents>, bigint | typeof ANY | typeof NO_STREAM | typeof STREAM_EXISTS];

  it('begins a stream, and goes on from a revision', async () => {
    const stream = newStream();
    const first = await append(stream, newEvents(2), NO_STREAM);
    expect(first).toMatchObject({ success: true, nextExpectedRevision: 1n });
    const second = await append(stream, newEvents(3), 1n);
    expect(second.nextExpectedRevision).toBe(4n);
    const stored = given.double.data.stream(stream)?.records ?? [];
    expect(stored.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
    expect(second.position?.commit).toBe(stored.at(-1)?.position);
    expect(second.position?.prepare).toBe(stored.at(-1)?.position);
  });

  it('keeps the very bytes', async () => {
    const stream = newStream();
    const [sent] = newEvents(1);
    await given.client.appendToStream(stream, { ...sent!, data: { n: 1, text: 'Козлов 🕊\n' } });
    const [record] = given.double.data.events;
    expect(record && textsOf(record)).toEqual({
      data: '{"n":1,"text":"Козлов 🕊\\n"}',
      metadata: '{"by":"a test"}',
    });
  });

  it('refuses a revision at which the stream does not stand, and writes nothing', async () => {
    const stream = newStream();
    const absent = await failureOf(append(stream, newEvents(1), 3n));
    expect(absent).toBeInstanceOf(WrongExpectedVersionError);
    expect(absent).toMatchObject({ message: '', actualVersion: 'no_stream', expectedVersion: 3n });
    await append(stream, newEvents(2), NO_STREAM);
    for (const expected of [NO_STREAM, 0n, 5n] as const) {
      const conflict = await failureOf(append(stream, newEvents(1), expected));
      expect(conflict).toMatchObject({ actualVersion: 1n, expectedVersion: expected, streamName: stream });
    }
    expect(await failureOf(append(newStream(), newEvents(1), STREAM_EXISTS))).toBeInstanceOf(
      WrongExpectedVersionError,
    );
    expect(given.double.data.events).toHaveLength(2);
  });

  it('gives the first answer to the same ids again', async () => {
    const stream = newStream();
    const events = newEvents(2);
    const begun = await append(stream, events, NO_STREAM);
    const more = newEvents(2);
    const added = await append(stream, more, 1n);
    await append(stream, newEvents(1), 3n);
    expect(await append(stream, events, NO_STREAM)).toEqual(begun);
    expect(await append(stream, more, 1n)).toEqual(added);
    for (const expected of [ANY, STREAM_EXISTS] as const) {
      expect(await append(stream, more, expected)).toEqual(added);
    }
    expect(given.double.data.events).toHaveLength(5);
  });

  it('refuses ids of which some are there already', async () => {
    const stream = newStream();
    const events = newEvents(3);
    await append(stream, events, NO_STREAM);
    const attempts: Args[] = [
      [[...events.slice(1), newEvent()], 0n],
      [[events[0]!, newEvent()], NO_STREAM],
      [[...events, newEvent()], NO_STREAM],
      [[newEvent(), events[1]!], NO_STREAM],
      [[events[2]!, newEvent()], ANY],
    ];
    for (const attempt of attempts) {
      expect(await failureOf(append(stream, ...attempt))).toMatchObject({ actualVersion: 2n });
    }
    expect(given.double.data.events).toHaveLength(3);
  });

  it('does not mind the same id in another stream, nor behind where the stream stands', async () => {
    const [one, two] = [newStream(), newStream()];
    const events = newEvents(1);
    await append(one, events, NO_STREAM);
    await append(two, events, NO_STREAM);
    expect(await append(one, events, 0n)).toMatchObject({ nextExpectedRevision: 1n });
    expect(given.double.data.events).toHaveLength(3);
  });

  it('takes many events as one', async () => {
    const stream = newStream();
    const events = newEvents(200);
    const { position } = await given.client.appendToStream(stream, events, { batchAppendSize: 1_000 });
    expect(idsOf(await allOf(given.client.readStream(stream)))).toEqual(events.map(({ id }) => id));
    expect(given.double.data.events.at(-1)?.position).toBe(position?.commit);
  });

  it('refuses what is too large', async () => {
    const large = jsonEvent({ type: 'Large', data: { text: 'x'.repeat(600_000) } });
    const twice = [large, { ...large, id: randomUUID() }];
    const refused = await failureOf(given.client.appendToStream(newStream(), twice));
    expect(refused).toBeInstanceOf(MaxAppendSizeExceededError);
    expect(refused).toMatchObject({ maxAppendSize: 1_048_576 });
    expect(given.double.data.events).toHaveLength(0);
    await given.client.appendToStream(newStream(), large);
    expect(given.double.data.events).toHaveLength(1);
  });

  it('knows an id whatever its letters, and takes nothing else for one', async () => {
    const stream = newStream();
    const event = newEvent();
    const first = await append(stream, [event], NO_STREAM);
    expect(await append(stream, [{ ...event, id: event.id.toUpperCase() }], NO_STREAM)).toEqual(first);
    const refused = await failureOf(append(stream, [{ ...newEvent(), id: 'event 1' }], 0n));
    expect(refused).toBeInstanceOf(UnknownError);
    expect(given.double.data.events).toHaveLength(1);
  });

  it('lets a deleted stream begin again, and a tombstone stand', async () => {
    const stream = newStream();
    await append(stream, newEvents(2), NO_STREAM);
    await given.client.deleteStream(stream, { expectedRevision: 1n });
    expect(await failureOf(append(stream, newEvents(1), STREAM_EXISTS))).toBeInstanceOf(StreamDeletedError);
    const again = newEvents(1);
    expect(await append(stream, again, NO_STREAM)).toMatchObject({ nextExpectedRevision: 2n });
    expect(idsOf(await allOf(given.client.readStream(stream)))).toEqual([again[0]?.id]);
    await given.client.tombstoneStream(stream);
    expect(await failureOf(append(stream, newEvents(1), ANY))).toBeInstanceOf(StreamDeletedError);
    const [newest] = await allOf(
      given.client.readAll({ direction: BACKWARDS, fromPosition: 'end', maxCount: 1 }),
    );
    expect(newest?.event).toMatchObject({ type: '$streamDeleted', streamId: stream });
  });

  it('lets one of many that expect the same revision win', async () => {
    const stream = newStream();
    const rivals = Array.from({ length: 20 }, () => append(stream, newEvents(1), NO_STREAM));
    const results = await Promise.allSettled(rivals);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(given.double.data.events).toHaveLength(1);
  });
});

describe('deleting', () => {
  const given = givenDouble();

  it('checks the revision', async () => {
    const stream = newStream();
    await given.client.appendToStream(stream, newEvents(2));
    const refused = await failureOf(given.client.deleteStream(stream, { expectedRevision: 0n }));
    expect(refused).toMatchObject({ expectedVersion: 0n, actualVersion: 1n });
    expect(await allOf(given.client.readStream(stream))).toHaveLength(2);
  });

  it('fails within the client if the stream is to exist', async () => {
    const stream = newStream();
    await given.client.appendToStream(stream, newEvents(1));
    const expectedRevision = STREAM_EXISTS as never;
    expect(await failureOf(given.client.deleteStream(stream, { expectedRevision }))).toBeDefined();
    expect(await allOf(given.client.readStream(stream))).toHaveLength(1);
  });
});
