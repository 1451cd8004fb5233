import { sql, type Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import type { FeedEntry } from '../feed/feed-entry.js';
import type { ConsumerTables, DeliveryRow } from './consumer-tables.js';
import { availableOf, changeDeliveries } from './outstanding.js';

/** For how long after its end a lease is remembered. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** An entry of the feed on its way to a consumer. */
export interface LeasedEntry extends FeedEntry {
  /** 1 when it is handed out for the first time. */
  attempt: number;
}

export interface Lease {
  /** null: there is nothing to be had. */
  leaseId: string | null;
  /** An instant; until then nobody else is given these entries, nor later ones of their cases. */
  until: string | null;
  /** In the order of recording. */
  entries: LeasedEntry[];
}

export const NOTHING: Lease = { leaseId: null, until: null, entries: [] };

/** From when on, and how long. */
interface Term {
  seconds: number;
  now: Date;
}

/** Hands out what there is, up to `limit`. Its transaction is alone with this consumer. */
export async function takeLease(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  { limit, ...term }: Term & { limit: number },
): Promise<Lease> {
  return handOut(
    transaction,
    consumer,
    await availableOf(transaction, consumer, term.now.toISOString(), limit),
    term,
  );
}

/** Leases these, which nobody has. Its transaction is alone with this consumer. */
export async function handOut(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  rows: readonly DeliveryRow[],
  { seconds, now }: Term,
): Promise<Lease> {
  if (rows.length === 0) return NOTHING;
  const leaseId = uuidv7();
  const until = new Date(now.getTime() + seconds * 1000).toISOString();
  await changeDeliveries(transaction, rows, {
    lease_id: leaseId,
    held_until: until,
    attempts: sql<number>`attempts + 1`,
  });
  const event_ids = JSON.stringify(rows.map((row) => row.event_id));
  await transaction.insertInto('leases').values({ lease_id: leaseId, consumer, event_ids, until }).execute();
  await transaction
    .deleteFrom('leases')
    .where('consumer', '=', consumer)
    .where('until', '<', new Date(now.getTime() - REMEMBERED_MS).toISOString())
    .execute();
  return {
    leaseId,
    until,
    entries: rows.map(({ entry, attempts }) => ({
      ...(JSON.parse(entry) as FeedEntry),
      attempt: attempts + 1,
    })),
  };
}
