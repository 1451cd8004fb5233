import { type Kysely, sql, type Transaction } from 'kysely';
import { isPostgres } from './dialect.js';

/**
 * A transaction that no other of the same name and schema overlaps, in whatever process: it sees all that those before it
 * have done. On SQLite every transaction is like that.
 */
export function exclusively<T, R>(
  database: Kysely<T>,
  name: string,
  work: (transaction: Transaction<T>) => Promise<R>,
): Promise<R> {
  return database.transaction().execute(async (transaction) => {
    if (isPostgres(transaction)) {
      // Each statement after this one sees what was committed before it began.
      await sql`select pg_advisory_xact_lock(hashtextextended(current_setting('search_path') || '/' || ${name}, 0))`.execute(
        transaction,
      );
    }
    return work(transaction);
  });
}
