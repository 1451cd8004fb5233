import type { Kysely } from 'kysely';
import type { ConsumerTables, DeliveryRow } from './consumer-tables.js';
import { aboutIn, type About, type FeedEntry } from '../feed/feed-entry.js';
import { consumerNamed } from './consumer-named.js';

const MOST_PARKED_SHOWN = 200;

export interface ParkedEntry extends About {
  eventId: string;
  position: string;
  code: string;
  attempts: number;
  parkedAt: string;
}

export interface ConsumerStatus {
  name: string;
  /** null: all. */
  types: readonly string[] | null;
  /** The feed has been read up to here for it. */
  position: string | null;
  /** `waiting`: to be handed out, now or when their time comes. */
  outstanding: { waiting: number; leased: number; parked: number };
  /** The first ones, in order. */
  parked: ParkedEntry[];
}

export async function statusOf(
  tables: Kysely<ConsumerTables>,
  name: string,
  now: string,
): Promise<ConsumerStatus> {
  const { types, position } = await consumerNamed(tables, name);
  const counts = await tables
    .selectFrom('deliveries')
    .select(({ fn }) => [
      fn.countAll().as('all'),
      fn.countAll().filterWhere('parked_at', 'is not', null).as('parked'),
      fn.countAll().filterWhere('lease_id', 'is not', null).filterWhere('held_until', '>', now).as('leased'),
    ])
    .where('consumer', '=', name)
    .executeTakeFirstOrThrow();
  const [all, parked, leased] = [Number(counts.all), Number(counts.parked), Number(counts.leased)];
  const rows = await tables
    .selectFrom('deliveries')
    .selectAll()
    .where('consumer', '=', name)
    .where('parked_at', 'is not', null)
    .orderBy('position')
    .limit(MOST_PARKED_SHOWN)
    .execute();
  return {
    name,
    types: types === null ? null : (JSON.parse(types) as string[]),
    position,
    outstanding: { waiting: all - parked - leased, leased, parked },
    parked: rows.map(parkedEntryOf),
  };
}

const parkedEntryOf = (row: DeliveryRow): ParkedEntry => ({
  eventId: row.event_id,
  ...aboutIn(JSON.parse(row.entry) as FeedEntry),
  position: row.position,
  code: row.parked_code ?? '',
  attempts: row.attempts,
  parkedAt: row.parked_at ?? '',
});
