import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { onSqlite, textType } from '../../database/dialect.js';

// A type, not an interface: the query builder wants one with an index.
export type BrakeTables = {
  /** A case of which a principal was shown something personal on a day. */
  shownCase: {
    /** YYYY-MM-DD, in the zone of the register. */
    day: string;
    principalId: string;
    caseId: string;
  };
};

export const BRAKE_MIGRATIONS: Record<string, Migration> = {
  '001-shown-cases': {
    async up(database: Kysely<BrakeTables>) {
      const text = textType(database);
      await database.schema
        .createTable('shownCase')
        .addColumn('day', text, (column) => column.notNull())
        .addColumn('principalId', text, (column) => column.notNull())
        .addColumn('caseId', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('shownCase_key', ['day', 'principalId', 'caseId'])
        .modifyEnd(onSqlite(database, sql`without rowid, strict`))
        .execute();
    },
  },
};
