import type { Kysely } from 'kysely';
import { v7 as uuid } from 'uuid';
import type { ReadTransaction } from './read-model.js';
import type { ParkedRow, ProjectionTables } from './tables.js';

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Which build of which read model a parked key belongs to. */
export interface Place {
  projection: string;
  generation: number;
}

export interface Failure {
  key: string;
  position: string;
  /** These name no person and quote no data. */
  code: string;
  message: string;
}

/** Sets a key aside, or notes that it failed once more; the next attempt comes later each time, up to an hour. */
export async function park(
  transaction: ReadTransaction,
  place: Place,
  { key, position, code, message }: Failure,
  now: Date,
): Promise<ParkedRow> {
  const known = await transaction
    .selectFrom('parked')
    .selectAll()
    .where('projection', '=', place.projection)
    .where('generation', '=', place.generation)
    .where('key', '=', key)
    .executeTakeFirst();
  const attempts = (known?.attempts ?? 0) + 1;
  const seen = now.toISOString();
  const pause = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);
  const row: ParkedRow = {
    ...place,
    code,
    message,
    id: known?.id ?? uuid(),
    key,
    position: known?.position ?? position,
    attempts,
    first_seen: known?.first_seen ?? seen,
    last_seen: seen,
    retry_at: new Date(now.getTime() + pause).toISOString(),
  };
  await transaction
    .insertInto('parked')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  return row;
}

/** Takes back what is parked under keys that have been applied. */
export async function unpark(
  transaction: ReadTransaction,
  place: Place,
  keys: Iterable<string>,
): Promise<void> {
  const parked = await parkedKeys(transaction, place);
  if (parked.length === 0) return;
  const applied = new Set(keys);
  const ids = parked.filter((row) => applied.has(row.key)).map((row) => row.id);
  if (ids.length > 0) await transaction.deleteFrom('parked').where('id', 'in', ids).execute();
}

/** Parked keys whose time has come. */
export async function dueForRetry(
  database: Kysely<ProjectionTables>,
  place: Place,
  now: Date,
  limit: number,
): Promise<ParkedRow[]> {
  return database
    .selectFrom('parked')
    .selectAll()
    .where('projection', '=', place.projection)
    .where('generation', '=', place.generation)
    .where('retry_at', '<=', now.toISOString())
    .orderBy('retry_at')
    .limit(limit)
    .execute();
}

const parkedKeys = (database: Kysely<ProjectionTables>, place: Place) =>
  database
    .selectFrom('parked')
    .select(['id', 'key'])
    .where('projection', '=', place.projection)
    .where('generation', '=', place.generation)
    .execute();
