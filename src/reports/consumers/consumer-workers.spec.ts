import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { consumersOn, type ConsumersAtWork } from '../../../test/support/consumers-at-work.js';
import { DATABASES, type FreshDatabase } from '../../../test/support/databases.js';
import { seededRandom } from '../../../test/support/random.js';
import type { Lease, LeasedEntry } from './leasing.js';

const CASES = 6;
const FACTS = 150;
const WORKERS = 6;

/** What the workers of one consumer have seen, held against what they may see. */
class Supervision {
  readonly #recorded: { eventId: string; caseId: string }[] = [];
  readonly #settled = new Set<string>();
  readonly #holders = new Map<string, { leaseId: string; until: string }>();
  readonly faults: string[] = [];

  recorded(eventId: string, caseId: string): void {
    this.#recorded.push({ eventId, caseId });
  }

  handedOut({ leaseId, until, entries }: Lease, now: string): void {
    if (leaseId === null || until === null) return;
    const together = new Set(entries.map(({ eventId }) => eventId));
    for (const { eventId, caseId } of entries) {
      const ofCase = this.#recorded.filter((fact) => fact.caseId === caseId);
      const earlier = ofCase.slice(
        0,
        ofCase.findIndex((fact) => fact.eventId === eventId),
      );
      for (const before of earlier)
        if (!this.#settled.has(before.eventId) && !together.has(before.eventId))
          this.faults.push(`${eventId} was handed out before ${before.eventId} was done`);
      for (const fact of ofCase) {
        const holder = this.#holders.get(fact.eventId);
        if (holder && holder.leaseId !== leaseId && holder.until > now)
          this.faults.push(`${caseId} was handed out while another had it`);
      }
    }
    const order = entries.map(({ position }) => position);
    if (order.toSorted().join() !== order.join()) this.faults.push('a lease was out of order');
    for (const { eventId } of entries) this.#holders.set(eventId, { leaseId, until });
  }

  /** Told before the service is, so that what it hands out next is not taken for a fault. */
  settles(entries: readonly LeasedEntry[], done: boolean): void {
    for (const { eventId } of entries) {
      this.#holders.delete(eventId);
      if (done) this.#settled.add(eventId);
    }
  }

  get undone(): number {
    return this.#recorded.filter(({ eventId }) => !this.#settled.has(eventId)).length;
  }
}

describe.each(DATABASES)('many workers of one consumer, in %s', (name, fresh) => {
  let database: FreshDatabase;
  let processes: ConsumersAtWork[];

  beforeEach(async () => {
    database = await fresh();
    const first = await consumersOn(database);
    // A SQLite file is one process's; a second one in this thread could only wait for itself.
    processes = name === 'SQLite' ? [first] : [first, await first.another(), await first.another()];
  });
  afterEach(async () => {
    await processes[0]?.close();
    await database.remove();
  });

  it.each([1, 2, 3])('do every fact, and those of a case one after the other (%d)', async (seed) => {
    const random = seededRandom(seed);
    const supervision = new Supervision();
    const [first] = processes;
    if (!first) throw new Error('no process');
    const now = () => first.clock.now().toISOString();

    const record = async () => {
      for (let count = 0; count < FACTS; count++) {
        const caseId = `case ${Math.floor(random() * CASES)}`;
        supervision.recorded(await first.record(caseId), caseId);
      }
    };
    /** Does, gives back, parks, comes late, or dies, as it happens. */
    const workOnce = async ({ groups, clock, lease: take }: ConsumersAtWork, steady: boolean) => {
      const lease = await take({ limit: 1 + Math.floor(random() * 8), seconds: 5 });
      const { leaseId, entries } = lease;
      supervision.handedOut(lease, now());
      if (leaseId === null) return;
      const chance = steady ? 0 : random();
      if (chance < 0.5) {
        supervision.settles(entries, true);
        await groups.ack('report', { leaseId });
      } else if (chance < 0.7) {
        supervision.settles(entries, false);
        await groups.retry('report', { leaseId }, Math.floor(random() * 3));
      } else if (chance < 0.8) {
        const [one] = entries;
        if (!one) return;
        await groups.park('report', { leaseId, eventIds: [one.eventId] }, 'trouble');
        supervision.settles(entries, false);
        await groups.retry('report', { eventIds: [one.eventId] }, 0);
      } else clock.forward(1 + Math.floor(random() * 6));
    };

    await Promise.all([
      record(),
      ...Array.from({ length: WORKERS }, async (_, index) => {
        for (let turn = 0; turn < 25; turn++)
          await workOnce(processes[index % processes.length] ?? first, false);
      }),
    ]);
    while (supervision.undone > 0 && supervision.faults.length === 0) {
      first.clock.forward(6);
      await workOnce(first, true);
    }
    expect(supervision.faults).toEqual([]);
    expect((await first.groups.status('report')).outstanding).toEqual({ waiting: 0, leased: 0, parked: 0 });
  });
});
