import type { Kysely } from 'kysely';
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
