import { sql } from 'kysely';
import { isPostgres } from '../database/dialect.js';
import type { ReadTransaction, TableSet } from './read-model.js';

/** So long readers may have to wait behind this; then it is given up, to be tried again. PostgreSQL's form. */
const PATIENCE = '500ms';

/**
 * Makes the plain names of a read model's tables show one build of them. A reader sees the one build or the other, never some
 * tables of each.
 *
 * PostgreSQL has to wait for all readers of a view before it can replace it, and lets new ones wait meanwhile. A reader that has one
 * view and waits for the next, while this has that one and waits for the first, would never end. So this begins with the
 * first of the tables, as every reader of several does: whoever has got that one gets all.
 */
export async function showTables(
  transaction: ReadTransaction,
  tables: readonly string[],
  set: TableSet,
): Promise<void> {
  if (isPostgres(transaction)) await sql`set local lock_timeout = ${sql.lit(PATIENCE)}`.execute(transaction);
  for (const table of tables) {
    await sql`drop view if exists ${sql.table(table)}`.execute(transaction);
    await sql`create view ${sql.table(table)} as select * from ${sql.table(set.named(table))}`.execute(
      transaction,
    );
  }
}
