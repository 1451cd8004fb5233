import type { Kysely, Transaction } from 'kysely';
import { exclusively } from '../../database/exclusively.js';
import { HabeasError } from '../../errors.js';
import type { ConsumerTables } from './consumer-tables.js';

export async function consumerNamed(
  tables: Kysely<ConsumerTables>,
  name: string,
): Promise<ConsumerTables['consumers']> {
  const row = await tables.selectFrom('consumers').selectAll().where('name', '=', name).executeTakeFirst();
  if (!row) throw new HabeasError('absent', 'unknown-consumer', 'nothing was ever leased under this name');
  return row;
}

/** A transaction that no other with the same consumer overlaps, in whatever process. */
export const aloneWith = <R>(
  tables: Kysely<ConsumerTables>,
  name: string,
  work: (transaction: Transaction<ConsumerTables>) => Promise<R>,
): Promise<R> => exclusively(tables, `consumer ${name}`, work);
