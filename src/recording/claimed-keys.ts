import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { migrate } from '../database/migrate.js';
import { keyReused, type KeyClaims } from './key-claims.js';

export interface ClaimTables {
  /** `case_id`: of a case its id, of whatever else has commands the name of its stream. */
  claimed_keys: { command_id: string; case_id: string };
}

const MIGRATIONS: Record<string, Migration> = {
  '001-claimed-keys': {
    async up(database: Kysely<ClaimTables>) {
      await database.schema
        .createTable('claimed_keys')
        .addColumn('command_id', 'text', (column) => column.primaryKey())
        .addColumn('case_id', 'text', (column) => column.notNull())
        .execute();
    },
  },
};

/** The keys of all processes, in their database. It holds no key, only ids made of them. */
export class ClaimedKeys implements KeyClaims {
  private constructor(private readonly database: Kysely<ClaimTables>) {}

  static async open(database: Kysely<ClaimTables>): Promise<ClaimedKeys> {
    await migrate(database, 'claims', MIGRATIONS);
    return new ClaimedKeys(database);
  }

  /** Whoever comes first has it; a row that is there is given back as it is. */
  async claim(commandId: string, subject: string): Promise<void> {
    const { case_id: claimed } = await this.database
      .insertInto('claimed_keys')
      .values({ command_id: commandId, case_id: subject })
      .onConflict((conflict) =>
        conflict.column('command_id').doUpdateSet(({ ref }) => ({ case_id: ref('claimed_keys.case_id') })),
      )
      .returning('case_id')
      .executeTakeFirstOrThrow();
    if (claimed !== subject) throw keyReused();
  }

  close(): Promise<void> {
    return this.database.destroy();
  }
}
