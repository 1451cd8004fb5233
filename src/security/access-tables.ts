import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, onSqlite, textType } from '../database/dialect.js';

export interface AccessTables {
  principal: {
    principalId: string;
    label: string;
    /** A JSON array of roles. */
    roles: string;
    createdAt: string;
  };
  apiKey: {
    keyId: string;
    principalId: string;
    /** HMAC-SHA-256 of the key under the pepper. */
    digest: Buffer;
    createdAt: string;
    expiresAt: string | null;
    revokedAt: string | null;
    /** To the minute. */
    lastUsedAt: string | null;
  };
  /** One row: tells a wrong master key from wrong API keys. */
  pepperCheck: { id: number; digest: Buffer };
}

export const ACCESS_MIGRATIONS: Record<string, Migration> = {
  '001-principals-and-keys': {
    /** `access.db` had these tables before there was a record of what has run. */
    async up(database: Kysely<AccessTables>) {
      const [text, bytes] = [textType(database), bytesType(database)];
      const strict = onSqlite(database, sql`strict`);
      await database.schema
        .createTable('principal')
        .ifNotExists()
        .addColumn('principalId', text, (column) => column.primaryKey())
        .addColumn('label', text, (column) => column.notNull())
        .addColumn('roles', text, (column) => column.notNull())
        .addColumn('createdAt', text, (column) => column.notNull())
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createTable('apiKey')
        .ifNotExists()
        .addColumn('keyId', text, (column) => column.primaryKey())
        .addColumn('principalId', text, (column) => column.notNull().references('principal.principalId'))
        .addColumn('digest', bytes, (column) => column.notNull())
        .addColumn('createdAt', text, (column) => column.notNull())
        .addColumn('expiresAt', text)
        .addColumn('revokedAt', text)
        .addColumn('lastUsedAt', text)
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createTable('pepperCheck')
        .ifNotExists()
        .addColumn('id', 'integer', (column) => column.primaryKey().check(sql`id = 1`))
        .addColumn('digest', bytes, (column) => column.notNull())
        .modifyEnd(strict)
        .execute();
    },
  },
};
