import type { Kysely, Transaction, UpdateObject } from 'kysely';
import type { ConsumerTables, DeliveryRow } from './consumer-tables.js';

type Tables = Kysely<ConsumerTables> | Transaction<ConsumerTables>;

/** Where an entry stands with a consumer. `done`: nothing of it is outstanding. */
export const DELIVERY_STATES = ['waiting', 'leased', 'parked', 'done'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export function stateOf(row: DeliveryRow | undefined, now: string): DeliveryState {
  if (row === undefined) return 'done';
  if (row.parked_at !== null) return 'parked';
  return row.lease_id !== null && (row.held_until ?? '') > now ? 'leased' : 'waiting';
}

/** What may be handed out now, in order: nothing of a case of which something earlier is with somebody, put off or parked. */
export function availableOf(tables: Tables, consumer: string, now: string, limit: number) {
  return tables
    .selectFrom('deliveries as d')
    .selectAll('d')
    .where('d.consumer', '=', consumer)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as earlier')
            .select('earlier.position')
            .whereRef('earlier.consumer', '=', 'd.consumer')
            .whereRef('earlier.case_id', '=', 'd.case_id')
            .whereRef('earlier.position', '<=', 'd.position')
            .where(({ or, eb }) =>
              or([eb('earlier.parked_at', 'is not', null), eb('earlier.held_until', '>', now)]),
            ),
        ),
      ),
    )
    .orderBy('d.position')
    .limit(limit)
    .execute();
}

export function deliveriesOf(
  tables: Tables,
  consumer: string,
  eventIds: readonly string[],
): Promise<DeliveryRow[]> {
  return tables
    .selectFrom('deliveries')
    .selectAll()
    .where('consumer', '=', consumer)
    .where('event_id', 'in', eventIds)
    .orderBy('position')
    .execute();
}

export async function changeDeliveries(
  tables: Tables,
  rows: readonly DeliveryRow[],
  change: UpdateObject<ConsumerTables, 'deliveries'>,
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  await tables
    .updateTable('deliveries')
    .set(change)
    .where('consumer', '=', first.consumer)
    .where(
      'position',
      'in',
      rows.map(({ position }) => position),
    )
    .execute();
}
