import type { Transaction } from 'kysely';
import { HabeasError } from '../../errors.js';
import type { ConsumerTables, DeliveryRow } from './consumer-tables.js';
import { changeDeliveries, deliveriesOf, stateOf, type DeliveryState } from './outstanding.js';

/** Which entries a consumer speaks of: those of a lease (all of them, or these), or, without a lease, these parked ones. */
export type Named = { leaseId: string; eventIds?: readonly string[] } | { eventIds: readonly string[] };

/** What is to become of entries that were handed out. */
export type Settlement =
  | { kind: 'ack' }
  /** Handed out again, from this instant on. */
  | { kind: 'retry'; notBefore: string | null }
  /** Put aside, and its case with it, until somebody decides. */
  | { kind: 'park'; code: string };

export interface Settled {
  /** Of each entry that was named, and of each that went back with one, where it stands now. */
  items: { eventId: string; state: DeliveryState }[];
}

/**
 * Does to the named entries what is asked, if they are the caller's to decide on; those that others have got meanwhile, or that
 * are done, are left as they are, and the answer says so. With an entry that is given back or parked go all later ones of
 * its case in that lease, so that its order is kept. Its transaction is alone with this consumer.
 */
export async function settle(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  named: Named,
  settlement: Settlement,
  now: string,
): Promise<Settled> {
  const leaseId = 'leaseId' in named ? named.leaseId : undefined;
  const eventIds =
    leaseId === undefined
      ? (named.eventIds ?? [])
      : idsOf(await leaseOf(transaction, consumer, leaseId), named.eventIds);
  const rows = await deliveriesOf(transaction, consumer, eventIds);
  const own = rows.filter((row) =>
    leaseId === undefined ? row.parked_at !== null : row.lease_id === leaseId && row.parked_at === null,
  );
  await carryOut(transaction, own, settlement, now);
  const givenBack =
    settlement.kind === 'ack' || leaseId === undefined
      ? []
      : await giveBackAfter(transaction, consumer, leaseId, own);
  const touched = [...new Set([...eventIds, ...givenBack])];
  const after = new Map(
    (await deliveriesOf(transaction, consumer, touched)).map((row) => [row.event_id, row]),
  );
  return { items: touched.map((eventId) => ({ eventId, state: stateOf(after.get(eventId), now) })) };
}

async function leaseOf(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  leaseId: string,
): Promise<string[]> {
  const row = await transaction
    .selectFrom('leases')
    .select('event_ids')
    .where('consumer', '=', consumer)
    .where('lease_id', '=', leaseId)
    .executeTakeFirst();
  if (!row) throw new HabeasError('absent', 'unknown-lease', 'this consumer has no such lease');
  return JSON.parse(row.event_ids) as string[];
}

function idsOf(leased: readonly string[], wanted: readonly string[] | undefined): readonly string[] {
  if (wanted === undefined) return leased;
  const strangers = wanted.flatMap((eventId, index) =>
    leased.includes(eventId) ? [] : [{ pointer: `/body/eventIds/${index}`, message: 'is not in this lease' }],
  );
  if (strangers.length > 0) {
    throw new HabeasError('semantic', 'not-in-lease', 'the lease has no such entry', { errors: strangers });
  }
  return wanted;
}

async function carryOut(
  transaction: Transaction<ConsumerTables>,
  rows: readonly DeliveryRow[],
  settlement: Settlement,
  now: string,
): Promise<void> {
  switch (settlement.kind) {
    case 'ack':
      await removeDeliveries(transaction, rows);
      return;
    case 'retry': {
      const free = { lease_id: null, parked_at: null, parked_code: null };
      await changeDeliveries(transaction, rows, { ...free, held_until: settlement.notBefore });
      return;
    }
    case 'park': {
      const aside = { parked_at: now, parked_code: settlement.code };
      await changeDeliveries(transaction, rows, { ...aside, lease_id: null, held_until: null });
      return;
    }
    default:
      settlement satisfies never;
  }
}

async function removeDeliveries(
  transaction: Transaction<ConsumerTables>,
  rows: readonly DeliveryRow[],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await transaction
    .deleteFrom('deliveries')
    .where('consumer', '=', first.consumer)
    .where(
      'position',
      'in',
      rows.map(({ position }) => position),
    )
    .execute();
}

/** The later ones of the same cases that the same lease still has; gives their ids. */
async function giveBackAfter(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  leaseId: string,
  rows: readonly DeliveryRow[],
): Promise<string[]> {
  const held = await transaction
    .selectFrom('deliveries')
    .selectAll()
    .where('consumer', '=', consumer)
    .where('lease_id', '=', leaseId)
    .execute();
  const later = held.filter((row) =>
    rows.some(({ case_id, position }) => row.case_id === case_id && row.position > position),
  );
  await changeDeliveries(transaction, later, { lease_id: null, held_until: null });
  return later.map((row) => row.event_id);
}
