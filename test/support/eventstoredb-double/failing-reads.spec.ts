import {
  AccessDeniedError,
  CancelledError,
  UnavailableError,
  UnknownError,
  streamNameFilter,
} from '@eventstore/db-client';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import type { CallError } from './faults.js';
import {
  allOf,
  failureOf,
  givenDouble,
  idsOf,
  isPending,
  listen,
  newEvents,
  newStream,
} from './given-double.js';

const FAILURES: [CallError, unknown][] = [
  ['unavailable', UnavailableError],
  ['cancelled', CancelledError],
  ['internal', UnknownError],
  ['access-denied', AccessDeniedError],
];

describe('reads that fail', () => {
  const given = givenDouble();
  const stream = newStream();
  beforeEach(() => given.client.appendToStream(stream, newEvents(50)));

  it.each(FAILURES)('%s at once, and in the middle', async (answer, kind) => {
    given.double.faults.reads.next({ answer });
    given.double.faults.reads.next({ answer, after: 20 });
    expect(await failureOf(allOf(given.client.readStream(stream)))).toBeInstanceOf(kind);
    const seen: unknown[] = [];
    const read = async (): Promise<void> => {
      for await (const { event } of given.client.readAll()) seen.push(event?.id);
    };
    expect(await failureOf(read())).toBeInstanceOf(kind);
    expect(seen.length).toBeLessThanOrEqual(20);
    expect(await allOf(given.client.readStream(stream))).toHaveLength(50);
  });

  it('fails the reads of one kind only, if asked to', async () => {
    given.double.faults.reads.next({ answer: 'unavailable', of: 'all' }, Infinity);
    expect(await allOf(given.client.readStream(stream))).toHaveLength(50);
    expect(await failureOf(allOf(given.client.readAll()))).toBeInstanceOf(UnavailableError);
  });

  it('ends early as if that were all', async () => {
    given.double.faults.reads.next({ answer: 'end', after: 7 });
    expect(await allOf(given.client.readStream(stream))).toHaveLength(7);
  });

  it('says nothing for ever, also where a deadline was set, until it is cancelled', async () => {
    given.double.faults.reads.next({ answer: 'never', after: 7 });
    const read = given.client.readStream(stream, { deadline: 1 });
    const seen = allOf(read);
    await eventually(() => given.double.traffic.openReads === 1);
    expect(await isPending(seen)).toBe(true);
    await read.cancel();
    await eventually(() => given.double.traffic.openReads === 0);
  });

  it('shows a read that was left early and never cancelled', async () => {
    await given.client.appendToStream(newStream(), newEvents(1_500));
    const read = given.client.readAll();
    const iterator = read[Symbol.asyncIterator]();
    await iterator.next();
    await eventually(() => given.double.traffic.openReads === 1);
    expect(await isPending(eventually(() => given.double.traffic.openReads === 0))).toBe(true);
    await read.cancel();
    await eventually(() => given.double.traffic.openReads === 0);
  });
});

describe('subscriptions that fail', () => {
  const given = givenDouble();
  const fill = (count: number) => given.client.appendToStream(newStream(), newEvents(count));

  it.each(FAILURES)('%s after a while, and nothing resumes by itself', async (answer, kind) => {
    await fill(20);
    given.double.faults.subscriptions.next({ answer, after: 10 });
    const { over, received } = listen(given.client.subscribeToAll());
    expect(await failureOf(over)).toBeInstanceOf(kind);
    expect(received.length).toBeLessThanOrEqual(10);
    expect(given.double.traffic).toMatchObject({ subscriptions: 1, openSubscriptions: 0 });
  });

  it('ends as if we had unsubscribed', async () => {
    await fill(20);
    given.double.faults.subscriptions.next({ answer: 'end', after: 10 });
    const { over, received } = listen(given.client.subscribeToAll());
    await over;
    expect(received).toHaveLength(10);
  });

  it.each([...FAILURES, ['end', undefined] as const])('%s when it is told to', async (answer, kind) => {
    await fill(20);
    const { over, received } = listen(given.client.subscribeToAll());
    await eventually(() => received.length === given.double.data.records.length);
    given.double.endSubscriptions(answer);
    const failure = await failureOf(over);
    if (kind) expect(failure).toBeInstanceOf(kind);
    else expect(failure).toBeUndefined();
    expect(given.double.traffic.openSubscriptions).toBe(0);
  });

  it('falls silent, and stays open', async () => {
    await fill(20);
    given.double.faults.subscriptions.next({ answer: 'never', after: 10 });
    const { over, received } = listen(given.client.subscribeToAll());
    await eventually(() => received.length === 10);
    await fill(1);
    expect(await isPending(over)).toBe(true);
    expect(received).toHaveLength(10);
  });

  it('stalls while it is told to, and goes on without a gap', async () => {
    const { received } = listen(given.client.subscribeToAll());
    await fill(5);
    await eventually(() => received.length === given.double.data.records.length);
    given.double.faults.subscriptionsStalled = true;
    await fill(5);
    await allOf(given.client.readAll());
    expect(received.length).toBeLessThan(given.double.data.records.length);
    given.double.faults.subscriptionsStalled = false;
    await eventually(() => received.length === given.double.data.records.length);
    expect(idsOf(received)).toEqual(given.double.data.records.map(({ id }) => id));
  });

  it('tells a checkpoint beyond everything if it found nothing', async () => {
    given.double.faults.endOfLogCheckpoint = true;
    await fill(1);
    const reached: bigint[] = [];
    const checkpointReached = async (_: unknown, { commit }: { commit: bigint }): Promise<void> => {
      reached.push(commit);
    };
    listen(
      given.client.subscribeToAll({ filter: streamNameFilter({ prefixes: ['none-'], checkpointReached }) }),
    );
    await eventually(() => reached.length > 0);
    expect(reached).toEqual([2n ** 64n - 1n]);
  });

  it('delivers 30 % twice and 30 % out of order, and leaves nothing out', async () => {
    given.double.faults.disturb({ duplicates: 0.3, reordered: 0.3, reads: true });
    await fill(1_000);
    const { received } = listen(given.client.subscribeToAll());
    const ids = given.double.data.records.map(({ id }) => id);
    await eventually(() => new Set(idsOf(received)).size === ids.length);
    const delivered = idsOf(received);
    expect(delivered.length).toBeGreaterThan(ids.length * 1.2);
    expect(delivered.length).toBeLessThan(ids.length * 1.4);
    const unique = [...new Set(delivered)];
    expect(unique).not.toEqual(ids);
    expect(unique.every((id, index) => Math.abs(ids.indexOf(id ?? '') - index) < 32)).toBe(true);
    expect(new Set(idsOf(await allOf(given.client.readAll())))).toEqual(new Set(ids));
    given.double.faults.disturb(undefined);
    expect(idsOf(await allOf(given.client.readAll()))).toEqual(ids);
  });

  it('lets what comes overtake what came before, though it comes one by one', async () => {
    given.double.faults.disturb({ reordered: 0.3 });
    const filter = streamNameFilter({ prefixes: ['late-'] });
    const { received } = listen(given.client.subscribeToAll({ filter }));
    const sent: string[] = [];
    for (let n = 0; n < 100; n += 1) {
      const events = newEvents(1);
      await given.client.appendToStream(newStream('late-'), events);
      sent.push(...events.map(({ id }) => id));
    }
    await eventually(() => received.length === sent.length);
    const delivered = idsOf(received);
    const late = delivered.filter((id, index) => sent.indexOf(id ?? '') < index);
    expect(late.length).toBeGreaterThan(10);
    expect(new Set(delivered)).toEqual(new Set(sent));
  });
});
