import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, onSqlite, textType } from '../database/dialect.js';

// A type, not an interface: the query builder wants one with an index.
export type KeyTables = {
  wrappedKey: {
    /** Random; says nothing of what it is the key of. */
    keyId: string;
    version: number;
    /** Of the master key that wraps it. */
    masterId: string;
    /** Null: destroyed. The row stays, to tell that from a key that was lost. */
    wrapped: Buffer | null;
    destroyedAt: string | null;
  };
  /** One row: the master key that new keys are wrapped with. */
  presentMaster: { id: number; masterId: string };
};

export const KEY_MIGRATIONS: Record<string, Migration> = {
  '001-wrapped-keys': {
    async up(database: Kysely<KeyTables>) {
      const text = textType(database);
      const strict = onSqlite(database, sql`strict`);
      await database.schema
        .createTable('wrappedKey')
        .addColumn('keyId', text, (column) => column.primaryKey())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('masterId', text, (column) => column.notNull())
        .addColumn('wrapped', bytesType(database))
        .addColumn('destroyedAt', text)
        .addCheckConstraint('destroyedOrNot', sql`("wrapped" is null) = ("destroyedAt" is not null)`)
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createTable('presentMaster')
        .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
        .addColumn('masterId', text, (column) => column.notNull())
        .modifyEnd(strict)
        .execute();
    },
  },
};
