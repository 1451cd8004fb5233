import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { consumersOn, eventIdOf, type ConsumersAtWork } from '../../../test/support/consumers-at-work.js';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { InMemoryEventStore } from '../../../test/support/in-memory-event-store.js';
import { ledgerOn } from '../../../test/support/ledgers.js';
import { HabeasError } from '../../errors.js';
import type { Lease } from './leasing.js';
import type { Settled } from './settling.js';

const ENVELOPE = {
  recordedAt: '2020-01-27T10:00:00.000Z',
  recordedBy: 'p',
  correlationId: 'c',
  causationId: 'k',
};

const idsOf = ({ entries }: Lease): string[] => entries.map(({ eventId }) => eventId);
const statesOf = ({ items }: Settled): string[] => items.map(({ state }) => state);
const codeOf = (failing: Promise<unknown>): Promise<string> =>
  failing.then(
    () => 'no error',
    (error: unknown) => (error instanceof HabeasError ? error.code : String(error)),
  );
const leaseIdOf = ({ leaseId }: Lease): string => {
  if (leaseId === null) throw new Error('nothing was leased');
  return leaseId;
};

describe.each(DATABASES)('a consumer with its leases in %s', (_, fresh) => {
  let database: FreshDatabase;
  let work: ConsumersAtWork;

  beforeEach(async () => {
    database = await fresh();
    work = await consumersOn(database);
  });
  afterEach(async () => {
    await work.close();
    await database.remove();
  });

  it('is handed what was recorded, in order, for as long as it asked', async () => {
    await work.record('a');
    await work.record('b');
    const lease = await work.lease({ seconds: 30 });
    expect(idsOf(lease)).toEqual([eventIdOf(1), eventIdOf(2)]);
    expect(lease.entries[0]).toMatchObject({ caseId: 'a', type: 'Arrested', attempt: 1 });
    expect(lease.until).toBe('2020-01-27T10:00:30.000Z');
  });

  it('is handed both of two facts that have the same id in different cases', async () => {
    for (const caseId of ['a', 'b']) {
      const event = { eventId: eventIdOf(1), type: 'Arrested', data: {} };
      await ledgerOn(work.store).append(`case-${caseId}`, [event], ENVELOPE, 'no_stream');
    }
    const { entries } = await work.lease();
    expect(entries.map(({ caseId }) => caseId)).toEqual(['a', 'b']);
  });

  it('is handed nothing when there is nothing', async () => {
    expect(await work.lease()).toEqual({ leaseId: null, until: null, entries: [] });
  });

  it('is not handed what another worker has, until that lease has run out', async () => {
    await work.record('a');
    const first = await work.lease({ seconds: 30 });
    expect(idsOf(await work.lease())).toEqual([]);
    work.clock.forward(31);
    const second = await work.lease();
    expect(idsOf(second)).toEqual(idsOf(first));
    expect(second.entries[0]?.attempt).toBe(2);
  });

  it('is never handed again what it has acknowledged', async () => {
    await work.record('a');
    const lease = await work.lease();
    expect(statesOf(await work.groups.ack('report', { leaseId: leaseIdOf(lease) }))).toEqual(['done']);
    work.clock.forward(3_600);
    expect(idsOf(await work.lease())).toEqual([]);
  });

  it('may acknowledge twice, and may be late as long as nobody else has got it', async () => {
    await work.record('a');
    const leaseId = leaseIdOf(await work.lease({ seconds: 30 }));
    work.clock.forward(40);
    expect(statesOf(await work.groups.ack('report', { leaseId }))).toEqual(['done']);
    expect(statesOf(await work.groups.ack('report', { leaseId }))).toEqual(['done']);
  });

  it('is told that what it acknowledges is in other hands by now, and leaves it there', async () => {
    await work.record('a');
    const late = leaseIdOf(await work.lease({ seconds: 30 }));
    work.clock.forward(31);
    const inTime = leaseIdOf(await work.lease({ seconds: 30 }));
    expect(statesOf(await work.groups.ack('report', { leaseId: late }))).toEqual(['leased']);
    expect(statesOf(await work.groups.park('report', { leaseId: late }, 'late'))).toEqual(['leased']);
    expect(statesOf(await work.groups.retry('report', { leaseId: late }, 0))).toEqual(['leased']);
    expect(statesOf(await work.groups.ack('report', { leaseId: inTime }))).toEqual(['done']);
  });

  it('acknowledges some of a lease', async () => {
    for (const caseId of ['a', 'b', 'c']) await work.record(caseId);
    const leaseId = leaseIdOf(await work.lease({ seconds: 30 }));
    await work.groups.ack('report', { leaseId, eventIds: [eventIdOf(2)] });
    work.clock.forward(31);
    expect(idsOf(await work.lease())).toEqual([eventIdOf(1), eventIdOf(3)]);
  });

  it('gets nothing of a case of which something earlier is with another worker', async () => {
    await work.record('a');
    const first = await work.lease();
    await work.record('a');
    await work.record('b');
    expect(idsOf(await work.lease())).toEqual([eventIdOf(3)]);
    await work.groups.ack('report', { leaseId: leaseIdOf(first) });
    expect(idsOf(await work.lease())).toEqual([eventIdOf(2)]);
  });

  it('is handed again what it gives back, at once or later, and its case stays in order', async () => {
    await work.record('a');
    await work.record('a');
    await work.record('b');
    const leaseId = leaseIdOf(await work.lease());
    const back = await work.groups.retry('report', { leaseId, eventIds: [eventIdOf(1)] }, 10);
    // The later one of the case goes back with it.
    expect(back.items).toEqual([
      { eventId: eventIdOf(1), state: 'waiting' },
      { eventId: eventIdOf(2), state: 'waiting' },
    ]);
    expect(idsOf(await work.lease())).toEqual([]);
    work.clock.forward(11);
    const again = await work.lease();
    expect(again.entries.map(({ eventId, attempt }) => [eventId, attempt])).toEqual([
      [eventIdOf(1), 2],
      [eventIdOf(2), 2],
    ]);
    await work.groups.retry('report', { leaseId: leaseIdOf(again) }, 0);
    expect(idsOf(await work.lease())).toEqual([eventIdOf(1), eventIdOf(2)]);
  });

  it('parks an entry and with it its case, until it is tried again or given up', async () => {
    for (const caseId of ['a', 'a', 'b', 'b']) await work.record(caseId);
    const leaseId = leaseIdOf(await work.lease());
    const eventIds = [eventIdOf(1), eventIdOf(3)];
    const parked = await work.groups.park('report', { leaseId, eventIds }, 'amount-missing');
    expect(statesOf(parked)).toEqual(['parked', 'parked', 'waiting', 'waiting']);
    work.clock.forward(100_000);
    expect(idsOf(await work.lease())).toEqual([]);
    expect(await work.groups.status('report')).toMatchObject({
      outstanding: { waiting: 2, leased: 0, parked: 2 },
      parked: [
        { eventId: eventIdOf(1), caseId: 'a', code: 'amount-missing', attempts: 1 },
        { eventId: eventIdOf(3), caseId: 'b', code: 'amount-missing', attempts: 1 },
      ],
    });

    await work.groups.retry('report', { eventIds: [eventIdOf(1)] }, 0);
    await work.groups.ack('report', { eventIds: [eventIdOf(3)] });
    expect(idsOf(await work.lease())).toEqual([eventIdOf(1), eventIdOf(2), eventIdOf(4)]);
    expect((await work.groups.status('report')).outstanding).toEqual({ waiting: 0, leased: 3, parked: 0 });
  });

  it('decides without a lease only on what is parked', async () => {
    await work.record('a');
    await work.lease();
    expect(statesOf(await work.groups.ack('report', { eventIds: [eventIdOf(1)] }))).toEqual(['leased']);
  });

  it('is one of several: each gets everything', async () => {
    await work.record('a');
    await work.groups.ack('one', { leaseId: leaseIdOf(await work.lease({}, 'one')) });
    expect(idsOf(await work.lease({}, 'other'))).toEqual([eventIdOf(1)]);
  });

  it('may want some types only, and begin after a position', async () => {
    await work.record('a', 'CaseOpened');
    const position = await work.store.head();
    await work.record('a', 'Arrested');
    await work.record('a', 'Released');
    expect(idsOf(await work.lease({ types: ['Released', 'CaseOpened'], after: position }))).toEqual([
      eventIdOf(3),
    ]);
    // In another order they are the same types.
    expect(await codeOf(work.lease({ types: ['CaseOpened', 'Released'] }))).toBe('no error');
    expect(await codeOf(work.lease({ types: ['Arrested'] }))).toBe('consumer-differs');
  });

  it('gets past what it does not want, however much that is', async () => {
    for (let count = 0; count < 3_000; count++) await work.record('a');
    const wanted = await work.record('a', 'Released');
    expect(idsOf(await work.lease({ types: ['Released'] }))).toEqual([wanted]);
    expect((await work.groups.status('report')).position).toBe(await work.store.head());
  });

  it('hands out no more than asked for, and the rest next', async () => {
    for (let count = 0; count < 25; count++) await work.record(`case ${count}`);
    const sizes: number[] = [];
    for (let lease = await work.lease({ limit: 10 }); lease.leaseId !== null;) {
      sizes.push(lease.entries.length);
      lease = await work.lease({ limit: 10 });
    }
    expect(sizes).toEqual([10, 10, 5]);
  });

  it('waits for something to come', async () => {
    const lease = work.lease({ waitSeconds: 20 });
    await work.record('a');
    expect(idsOf(await lease)).toEqual([eventIdOf(1)]);
  });

  it('waits no longer than somebody listens', async () => {
    const leave = new AbortController();
    const waiting = work.groups.lease('report', { limit: 1, seconds: 60, waitSeconds: 3_600 }, leave.signal);
    leave.abort();
    expect(idsOf(await waiting)).toEqual([]);
  });

  it('is the same in every process, and after all have ended', async () => {
    await work.record('a');
    await work.record('b');
    const other = await work.another();
    expect(idsOf(await work.lease({ limit: 1 }))).toEqual([eventIdOf(1)]);
    const second = await other.lease();
    expect(idsOf(second)).toEqual([eventIdOf(2)]);
    await work.groups.ack('report', { leaseId: leaseIdOf(second) });
    work.clock.forward(61);
    expect(idsOf(await (await work.another()).lease())).toEqual([eventIdOf(1)]);
  });

  it('refuses to go on with a store that is not as far, or is another', async () => {
    await work.record('a');
    await work.lease();
    const restored = await work.another(new InMemoryEventStore());
    expect(await codeOf(restored.lease())).toBe('consumer-ahead');
  });

  it('names what it does not know', async () => {
    await work.record('a');
    const leaseId = leaseIdOf(await work.lease());
    const stranger = eventIdOf(9);
    expect(await codeOf(work.groups.status('nobody'))).toBe('unknown-consumer');
    expect(await codeOf(work.groups.ack('nobody', { leaseId }))).toBe('unknown-consumer');
    expect(await codeOf(work.groups.ack('report', { leaseId: stranger }))).toBe('unknown-lease');
    expect(await codeOf(work.groups.ack('report', { leaseId, eventIds: [stranger] }))).toBe('not-in-lease');
    expect((await work.groups.status('report')).outstanding.leased).toBe(1);
  });
});
