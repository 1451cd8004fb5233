import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Config } from '../../config.js';
import { migrate } from '../../database/migrate.js';
import { databaseIn, openDatabaseAt } from '../../database/open-database.js';
import { ISSUED_MIGRATIONS, type IssuedTables } from './issued-tables.js';
import { isPacked } from './packed-cells.js';

/** Where a room of its own is for what is issued. */
export const ISSUED_PLACE = { file: 'issued.db', schema: 'habeas_issued' };
const CONNECTIONS = 2;

/** Who is behind what was published, so that it need not be worked out again for each issue. Lost, it is made anew. */
@Injectable()
export class KeptCells {
  readonly #tables: Kysely<IssuedTables>;

  constructor(config: Config) {
    this.#tables = openDatabaseAt<IssuedTables>(databaseIn(config, ISSUED_PLACE), {
      applicationName: 'habeas issued reports',
      poolSize: CONNECTIONS,
    });
  }

  open(): Promise<void> {
    return migrate(this.#tables, 'issued', ISSUED_MIGRATIONS);
  }

  close(): Promise<void> {
    return this.#tables.destroy();
  }

  /** Packed. Undefined if they are not kept, or cannot be read any more. */
  async find(issueId: string): Promise<Uint8Array | undefined> {
    const row = await this.#tables
      .selectFrom('issued_cells')
      .select('cells')
      .where('issue_id', '=', issueId)
      .executeTakeFirst();
    return row && isPacked(row.cells) ? row.cells : undefined;
  }

  async keep(issueId: string, cells: Uint8Array): Promise<void> {
    const row = { issue_id: issueId, cells };
    await this.#tables
      .insertInto('issued_cells')
      .values(row)
      .onConflict((conflict) => conflict.column('issue_id').doUpdateSet({ cells: row.cells }))
      .execute();
  }

  /** All of them, to be made anew. */
  async forget(): Promise<void> {
    await this.#tables.deleteFrom('issued_cells').execute();
  }
}
