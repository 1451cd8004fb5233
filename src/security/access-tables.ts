import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, isPostgres, onSqlite, textType } from '../database/dialect.js';

export interface AccessTables {
  principal: {
    principalId: string;
    /** As it was kept before it was sealed; taken away when the tables are opened. */
    label: string;
    /** See `Labels`. */
    sealedLabel: Buffer | null;
    /** A JSON array of roles. */
    roles: string;
    createdAt: string;
    /** By which an access token names this principal; both or none. */
    oidcIssuer: string | null;
    oidcSubject: string | null;
    /** From then on nothing opens for it any more. */
    endedAt: string | null;
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
  '002-identities-ends-and-counters': {
    async up(database: Kysely<AccessTables>) {
      const text = textType(database);
      for (const column of ['oidcIssuer', 'oidcSubject', 'endedAt']) {
        await database.schema.alterTable('principal').addColumn(column, text).execute();
      }
      // Somebody who has left may come back: as another principal, with the same name at the issuer.
      await database.schema
        .createIndex('principalIdentity')
        .unique()
        .on('principal')
        .columns(['oidcIssuer', 'oidcSubject'])
        .where(sql.ref('endedAt'), 'is', null)
        .execute();
      if (isPostgres(database)) await createCounters(database);
    },
  },
  '003-sealed-labels': {
    async up(database: Kysely<AccessTables>) {
      await database.schema.alterTable('principal').addColumn('sealedLabel', bytesType(database)).execute();
    },
  },
};

/** In the form that `rate-limiter-flexible` asks for. Not logged: what a crash takes with it are counts of the last minutes. */
const createCounters = (database: Kysely<AccessTables>): Promise<unknown> =>
  sql`create unlogged table "counter" (
    key varchar(255) primary key, points integer not null default 0, expire bigint
  )`.execute(database);
