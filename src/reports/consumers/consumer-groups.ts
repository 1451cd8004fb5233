import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { EventStore } from '../../event-store/event-store.js';
import { ChangeFeed } from '../feed/change-feed.js';
import { ConsumerDatabase } from './consumer-database.js';
import { aloneWith, consumerNamed } from './consumer-named.js';
import { statusOf, type ConsumerStatus } from './consumer-status.js';
import type { ConsumerTables } from './consumer-tables.js';
import { Intake } from './intake.js';
import { NOTHING, takeLease, type Lease } from './leasing.js';
import { availableOf } from './outstanding.js';
import { settle, type Named, type Settled } from './settling.js';

/** Between looks for something new, while somebody waits for it. */
const LOOK_EVERY_MS = 500;

export interface LeaseRequest {
  /** At most this many entries. */
  limit: number;
  /** How long they are the caller's. */
  seconds: number;
  /** How long to wait for something to come if there is nothing. */
  waitSeconds: number;
  /** Only these facts. Said when the consumer is new; said again later it must be the same. */
  types?: readonly string[];
  /** The position to begin after; heard only when the consumer is new. */
  after?: string;
}

/**
 * Report jobs that share the change feed among their workers. Each entry is handed out, under a lease, until somebody
 * acknowledges it: at least once, and within a case in order. A consumer begins with its first lease.
 */
@Injectable()
export class ConsumerGroups {
  readonly #tables: Kysely<ConsumerTables>;
  readonly #intake: Intake;

  constructor(
    { tables }: ConsumerDatabase,
    private readonly feed: ChangeFeed,
    store: EventStore,
    private readonly clock: Clock,
  ) {
    this.#tables = tables;
    this.#intake = new Intake(tables, feed, store);
  }

  /** `signal`: nobody waits for the answer any more. */
  async lease(name: string, request: LeaseRequest, signal: AbortSignal): Promise<Lease> {
    await this.#begin(name, request);
    const waitUntil = performance.now() + request.waitSeconds * 1000;
    for (;;) {
      const lease = await this.#leaseNow(name, request, signal);
      const left = waitUntil - performance.now();
      if (lease.leaseId !== null || left <= 0 || signal.aborted) return lease;
      await pause(Math.min(LOOK_EVERY_MS, left), undefined, { signal }).catch(() => undefined);
    }
  }

  ack(name: string, named: Named): Promise<Settled> {
    return this.#settle(name, named, () => ({ kind: 'ack' }));
  }

  /** Parked ones are tried again by it, too. */
  retry(name: string, named: Named, delaySeconds: number): Promise<Settled> {
    return this.#settle(name, named, (now) => ({
      kind: 'retry',
      notBefore: delaySeconds === 0 ? null : new Date(now.getTime() + delaySeconds * 1000).toISOString(),
    }));
  }

  /** `code` says why: it is shown to whoever looks, so it has no room for more than a word. */
  park(name: string, named: Named, code: string): Promise<Settled> {
    return this.#settle(name, named, () => ({ kind: 'park', code }));
  }

  status(name: string): Promise<ConsumerStatus> {
    return statusOf(this.#tables, name, this.clock.now().toISOString());
  }

  async #begin(name: string, { types, after }: LeaseRequest): Promise<void> {
    const wanted = types === undefined ? null : JSON.stringify(types.toSorted());
    const known = await this.#tables
      .selectFrom('consumers')
      .select('types')
      .where('name', '=', name)
      .executeTakeFirst();
    if (known === undefined) {
      await this.feed.check(after, '/body/after');
      await this.#tables
        .insertInto('consumers')
        .values({ name, types: wanted, position: after ?? null, created_at: this.clock.now().toISOString() })
        // Two workers that begin at once.
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
    if (wanted !== null && (await consumerNamed(this.#tables, name)).types !== wanted) {
      throw new HabeasError('refused', 'consumer-differs', 'this consumer was begun with other types', {
        errors: [{ pointer: '/body/types', message: 'are not those that this consumer began with' }],
      });
    }
  }

  async #leaseNow(name: string, { limit, seconds }: LeaseRequest, signal: AbortSignal): Promise<Lease> {
    for (let more = true; ;) {
      const available = await availableOf(this.#tables, name, this.clock.now().toISOString(), limit);
      if (available.length < limit && more) more = await this.#intake.take(name, limit - available.length);
      if (signal.aborted) return NOTHING;
      const lease = await aloneWith(this.#tables, name, (transaction) =>
        takeLease(transaction, name, { limit, seconds, now: this.clock.now() }),
      );
      if (lease.leaseId !== null || !more) return lease;
    }
  }

  #settle(
    name: string,
    named: Named,
    settlementAt: (now: Date) => Parameters<typeof settle>[3],
  ): Promise<Settled> {
    return aloneWith(this.#tables, name, async (transaction) => {
      await consumerNamed(transaction, name);
      const now = this.clock.now();
      return settle(transaction, name, named, settlementAt(now), now.toISOString());
    });
  }
}
