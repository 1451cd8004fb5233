import { END, START, StreamDeletedError, eventTypeFilter, streamNameFilter } from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import { allOf, failureOf, givenDouble, idsOf, listen, newEvents, newStream } from './given-double.js';

describe('subscribing to the double', () => {
  const given = givenDouble();
  const fill = async (count: number, prefix = 'case-', type?: string): Promise<string[]> => {
    const events = newEvents(count, type);
    await given.client.appendToStream(newStream(prefix), events);
    return events.map(({ id }) => id);
  };

  it('gives what is there, says so, and gives what comes', async () => {
    await fill(100);
    let caughtUpAfter: number | undefined;
    // Without this mark the news would overtake what the client has buffered.
    const inOrder = { objectMode: true, readableHighWaterMark: 0 };
    const subscription = given.client.subscribeToAll({ fromPosition: START }, inOrder);
    const { received } = listen(subscription);
    subscription.on('caughtUp', () => (caughtUpAfter = received.length));
    const there = given.double.data.records.length;
    await eventually(() => received.length === there);
    await eventually(() => caughtUpAfter !== undefined);
    await fill(100);
    await eventually(() => received.length === given.double.data.records.length);
    expect(idsOf(received)).toEqual(given.double.data.records.map(({ id }) => id));
    expect(caughtUpAfter).toBeGreaterThanOrEqual(there - 1);
    await subscription.unsubscribe();
    await eventually(() => given.double.traffic.openSubscriptions === 0);
  });

  it('leaves the position out that it begins with', async () => {
    await fill(5);
    const [, second, third] = given.double.data.events;
    const fromPosition = { commit: second!.position, prepare: second!.position };
    const { received } = listen(given.client.subscribeToAll({ fromPosition }));
    await eventually(() => received.length > 0);
    expect(received[0]?.event?.id).toBe(third?.id);
  });

  it('gives nothing old from the end on', async () => {
    await fill(5);
    const listener = listen(given.client.subscribeToAll({ fromPosition: END }));
    await new Promise((resolve) => listener.subscription.once('caughtUp', resolve));
    const ids = await fill(2);
    await eventually(() => listener.received.length === 2);
    expect(idsOf(listener.received)).toEqual(ids);
  });

  it.each([
    ['prefixes of the stream', streamNameFilter({ prefixes: ['case-', 'estimate-'] })],
    ['a pattern of the stream', streamNameFilter({ regex: '^(case|estimate)-' })],
    ['prefixes of the type', eventTypeFilter({ prefixes: ['Arr', 'Est'] })],
    ['a pattern of the type', eventTypeFilter({ regex: '^(Arrested|Estimated)$' })],
  ])('filters by %s', async (_, filter) => {
    const wanted = [
      ...(await fill(3)),
      ...(await fill(0, 'access-')),
      ...(await fill(2, 'estimate-', 'Estimated')),
    ];
    await fill(4, 'access-', 'Seen');
    const { received } = listen(given.client.subscribeToAll({ filter }));
    await eventually(() => received.length === wanted.length);
    wanted.push(...(await fill(2)));
    await fill(1, 'access-', 'Seen');
    await eventually(() => received.length === wanted.length);
    expect(idsOf(received)).toEqual(wanted);
  });

  it.each([
    [32, { checkpointInterval: 1 }],
    [64, { checkpointInterval: 2 }],
    [30, { checkpointInterval: 3, maxSearchWindow: 10 }],
  ])('tells a position after every %i records it looked at', async (interval, options) => {
    for (let round = 0; round < 10; round += 1) await fill(20, 'access-');
    const reached: bigint[] = [];
    const checkpointReached = async (_: unknown, { commit }: { commit: bigint }): Promise<void> => {
      reached.push(commit);
    };
    const filter = streamNameFilter({ prefixes: ['none-'], checkpointReached, ...options });
    const { received } = listen(given.client.subscribeToAll({ filter }));
    const due = (): bigint[] => {
      const { records } = given.double.data;
      return records.filter((_, index) => (index + 1) % interval === 0).map(({ position }) => position);
    };
    await eventually(() => reached.length === due().length);
    await fill(interval, 'access-');
    await eventually(() => reached.length === due().length);
    expect(reached).toEqual(due());
    expect(received).toEqual([]);
  });

  it('follows one stream, also one that is still to come, until it is deleted for good', async () => {
    const stream = newStream();
    const subscription = given.client.subscribeToStream(stream);
    const received: unknown[] = [];
    const follow = async (): Promise<void> => {
      for await (const { event } of subscription) received.push(event?.id);
    };
    const failure = failureOf(follow());
    const [first, second] = [newEvents(2), newEvents(1)];
    await given.client.appendToStream(stream, first);
    await given.client.appendToStream(newStream(), newEvents(1));
    await eventually(() => received.length === 2);
    await given.client.appendToStream(stream, second);
    await eventually(() => received.length === 3);
    expect(received).toEqual([...first, ...second].map(({ id }) => id));
    await given.client.tombstoneStream(stream);
    expect(await failure).toBeInstanceOf(StreamDeletedError);
  });

  it('follows one stream behind a revision', async () => {
    const stream = newStream();
    const events = newEvents(4);
    await given.client.appendToStream(stream, events);
    const received: unknown[] = [];
    const subscription = given.client.subscribeToStream(stream, { fromRevision: 1n });
    subscription.on('data', ({ event }) => received.push(event?.id));
    await eventually(() => received.length === 2);
    expect(received).toEqual(events.slice(2).map(({ id }) => id));
  });

  it('holds back what a slow reader has not taken', async () => {
    await given.client.appendToStream(newStream(), newEvents(500));
    const slow = given.client.subscribeToAll();
    const iterator = slow[Symbol.asyncIterator]();
    await iterator.next();
    await given.client.appendToStream(newStream(), newEvents(500));
    const rest: string[] = [];
    while (rest.length + 1 < given.double.data.records.length) {
      const { value } = (await iterator.next()) as { value: { event: { id: string } } };
      rest.push(value.event.id);
    }
    expect(rest).toEqual(given.double.data.records.slice(1).map(({ id }) => id));
    expect(await allOf(given.client.readAll())).toHaveLength(rest.length + 1);
  });
});
