import {
  AccessDeniedError,
  CancelledError,
  DeadlineExceededError,
  NO_STREAM,
  TimeoutError,
  UnavailableError,
  UnknownError,
  WrongExpectedVersionError,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../eventually.js';
import type { AppendFault } from './faults.js';
import { failureOf, givenDouble, isPending, newEvents, newStream } from './given-double.js';

const WAYS = [
  { name: 'in batches', batchAppend: true },
  { name: 'one call each', batchAppend: false },
];

/** What the client makes of each answer. */
const FAILURES: [AppendFault['answer'], inBatches: unknown, oneCallEach: unknown][] = [
  ['unavailable', UnavailableError, UnavailableError],
  ['cancelled', CancelledError, CancelledError],
  ['internal', UnknownError, UnknownError],
  ['access-denied', AccessDeniedError, AccessDeniedError],
  ['timeout', DeadlineExceededError, TimeoutError],
  ['not-ready', UnknownError, UnavailableError],
  ['busy', UnknownError, UnavailableError],
  ['unknown', UnknownError, UnknownError],
  ['refused-access', AccessDeniedError, AccessDeniedError],
];

describe.each(WAYS)('appends that fail, sent $name', ({ batchAppend }) => {
  const given = givenDouble(() => ({ batchAppend }));
  const append = (client: EventStoreDBClient, stream: string, events = newEvents(1)) =>
    client.appendToStream(stream, events, { expectedRevision: NO_STREAM });

  it.each(FAILURES)('%s: it is told so, whether it was written or not', async (answer, inBatches, single) => {
    for (const written of [false, true]) {
      given.double.faults.appends.next({ answer, written });
      const stream = newStream();
      const events = newEvents(1);
      const failure = await failureOf(append(given.client, stream, events));
      expect(failure).toBeInstanceOf(batchAppend ? inBatches : single);
      expect(given.double.data.stream(stream)?.records.length ?? 0).toBe(written ? 1 : 0);
      expect(await append(given.client, stream, events)).toMatchObject({ nextExpectedRevision: 0n });
      expect(given.double.data.stream(stream)?.records).toHaveLength(1);
    }
    expect(given.double.faults.appends.left).toBe(0);
  });

  it.each([false, true])(
    'silence: only a call of its own heeds a deadline (written: %s)',
    async (written) => {
      given.double.faults.appends.next({ answer: 'never', written });
      const due = Date.now() + 1_000;
      const silent = given.client.appendToStream(newStream(), newEvents(1), { deadline: 1_000 });
      const failure = failureOf(silent);
      await eventually(() => given.double.traffic.appends === 1);
      await append(given.client, newStream());
      if (batchAppend) {
        await eventually(() => Date.now() > due);
        expect(await isPending(silent)).toBe(true);
      } else {
        expect(await failure).toBeInstanceOf(DeadlineExceededError);
      }
      expect(given.double.data.events).toHaveLength(written ? 2 : 1);
      await given.client.dispose();
    },
  );

  it('everything unavailable: nothing is written', async () => {
    given.double.faults.unavailable = true;
    expect(await failureOf(append(given.client, newStream()))).toMatchObject({ code: 14 });
    given.double.faults.unavailable = false;
    expect(given.double.data.events).toHaveLength(0);
    await append(given.connect(), newStream());
  });

  it('a delay: the answer comes late, and what was written is there at once', async () => {
    await append(given.client, newStream());
    given.double.faults.delayMs = 60_000;
    const late = append(given.client, newStream());
    await eventually(() => given.double.data.events.length === 2);
    expect(await isPending(late)).toBe(true);
    await given.client.dispose();
    given.double.faults.delayMs = 20;
    await append(given.connect(), newStream());
  });
});

describe('the batch stream', () => {
  const given = givenDouble();
  const append = (client: EventStoreDBClient, stream = newStream()) =>
    client.appendToStream(stream, newEvents(1), { expectedRevision: NO_STREAM });

  it('takes the appends of every client of the process down with it', async () => {
    const other = given.connect();
    given.double.faults.appends.next({ answer: 'never', written: false });
    const innocent = failureOf(append(other));
    await eventually(() => given.double.traffic.appends === 1);
    given.double.faults.appends.next({ answer: 'unavailable', written: false });
    expect(await failureOf(append(given.client))).toBeInstanceOf(UnavailableError);
    expect(await innocent).toBeInstanceOf(UnavailableError);
    expect(given.double.data.events).toHaveLength(0);
  });

  it.each([false, true])(
    'may end as if all were well: whatever this client appends then waits for ever (written: %s)',
    async (written) => {
      given.double.faults.appends.next({ answer: 'end', written });
      const forsaken = append(given.client);
      await eventually(
        () => given.double.traffic.appends === 1 && given.double.traffic.openBatchStreams === 0,
      );
      expect(await isPending(forsaken)).toBe(true);
      const later = append(given.client);
      expect(await isPending(Promise.any([forsaken, later, given.client.dispose()]))).toBe(true);
      expect(given.double.traffic.appends).toBe(1);
      expect(given.double.data.events).toHaveLength(written ? 1 : 0);
      await append(given.connect());
    },
  );

  it('may end so while nothing waits, and is missed as little', async () => {
    await append(given.client);
    given.double.endBatchStreams();
    await eventually(() => given.double.traffic.openBatchStreams === 0);
    expect(await isPending(append(given.client))).toBe(true);
    expect(given.double.data.events).toHaveLength(1);
    await append(given.connect());
  });

  it('answers an append that came too late, and writes nothing', async () => {
    const events = newEvents(1);
    const late = given.client.appendToStream(newStream(), events, { deadline: -1 });
    expect(await failureOf(late)).toBeInstanceOf(DeadlineExceededError);
    expect(given.double.data.events).toHaveLength(0);
  });

  it('is one call for all appends, and is gone with the client', async () => {
    await Promise.all(Array.from({ length: 50 }, () => append(given.client)));
    expect(given.double.traffic.openBatchStreams).toBe(1);
    await given.client.dispose();
    await eventually(() => given.double.traffic.openBatchStreams === 0);
  });

  it('has a conflict that says nothing in its message', async () => {
    const stream = newStream();
    await append(given.client, stream);
    const conflict = await failureOf(append(given.client, stream));
    expect(conflict).toBeInstanceOf(WrongExpectedVersionError);
    expect(conflict).toMatchObject({ message: '', actualVersion: 0n });
  });
});
