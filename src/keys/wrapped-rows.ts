import type { Kysely } from 'kysely';
import type { KeyTables } from './key-tables.js';

const ROWS_AT_A_TIME = 500;

export interface WrappedRow {
  keyId: string;
  masterId: string;
  wrapped: Buffer;
}

/** Every key that was not destroyed, page by page. */
export async function* wrappedRows(tables: Kysely<KeyTables>): AsyncGenerator<WrappedRow[]> {
  for (let after: string | undefined = ''; after !== undefined;) {
    const rows: WrappedRow[] = await tables
      .selectFrom('wrappedKey')
      .select(['keyId', 'masterId', 'wrapped'])
      .where('keyId', '>', after)
      .where('wrapped', 'is not', null)
      .orderBy('keyId')
      .limit(ROWS_AT_A_TIME)
      .$narrowType<{ wrapped: Buffer }>()
      .execute();
    if (rows.length > 0) yield rows;
    after = rows.at(-1)?.keyId;
  }
}
