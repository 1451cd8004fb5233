import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, onSqlite, textType } from '../../database/dialect.js';

// A type, not an interface: the query builder wants one with an index.
export type LogTables = {
  /** One row a log: the present one has the highest id, the others were given up after a restore. */
  tlog: {
    id: number;
    /** The name in its checkpoints. */
    origin: string;
    /** Of the key that signs it, for those who have no key. */
    verifier: string;
    /** RFC 3339. */
    begunAt: string;
    /** Why it was begun beside the one before it; null of the first. */
    reason: string | null;
    /** Leaves, and the store's position of the last of them. */
    size: number;
    position: string | null;
  };
  tlogTile: {
    log: number;
    level: number;
    tile: number;
    hashes: Buffer;
    /** Of tiles of leaves: the store's position of the first. */
    position: string | null;
  };
  /** Where each stream stands in the log: what its next event has to follow. */
  tlogStream: { log: number; stream: string; revision: number; leafHash: Buffer };
  tlogCheckpoint: {
    log: number;
    size: number;
    note: string;
    signedAt: string;
  };
  /** What the notary has last found of each kind, for the processes that answer; at most one row a kind. */
  tlogFinding: {
    kind: FindingKind;
    /** RFC 3339. */
    foundAt: string;
    log: number;
    /** How many leaves were looked at. */
    size: number;
    /** What was not as it should be, in words; null: all was well. Quotes nothing of what is stored. */
    fault: string | null;
    /** Of the first bad event, as far as there is one. */
    leaf: number | null;
    stream: string | null;
    revision: number | null;
  };
};

/** `signing`: it has refused to sign, or signs. `verification`: the whole store was read again. */
type FindingKind = 'signing' | 'verification';

export const LOG_MIGRATIONS: Record<string, Migration> = {
  '001-log': {
    async up(database: Kysely<LogTables>) {
      const text = textType(database);
      const bytes = bytesType(database);
      const strict = onSqlite(database, sql`strict`);
      const clustered = onSqlite(database, sql`strict, without rowid`);
      await database.schema
        .createTable('tlog')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('origin', text, (column) => column.notNull().unique())
        .addColumn('verifier', text, (column) => column.notNull())
        .addColumn('begunAt', text, (column) => column.notNull())
        .addColumn('reason', text)
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('position', text)
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createTable('tlogTile')
        .addColumn('log', 'integer', (column) => column.notNull())
        .addColumn('level', 'integer', (column) => column.notNull())
        .addColumn('tile', 'integer', (column) => column.notNull())
        .addColumn('hashes', bytes, (column) => column.notNull())
        .addColumn('position', text)
        .addPrimaryKeyConstraint('tlogTileKey', ['log', 'level', 'tile'])
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createIndex('tlogTilePosition')
        .on('tlogTile')
        .columns(['log', 'position'])
        .where('position', 'is not', null)
        .execute();
      await database.schema
        .createTable('tlogStream')
        .addColumn('log', 'integer', (column) => column.notNull())
        .addColumn('stream', text, (column) => column.notNull())
        .addColumn('revision', 'integer', (column) => column.notNull())
        .addColumn('leafHash', bytes, (column) => column.notNull())
        .addPrimaryKeyConstraint('tlogStreamKey', ['log', 'stream'])
        .modifyEnd(clustered)
        .execute();
      await database.schema
        .createTable('tlogCheckpoint')
        .addColumn('log', 'integer', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('note', text, (column) => column.notNull())
        .addColumn('signedAt', text, (column) => column.notNull())
        .addPrimaryKeyConstraint('tlogCheckpointKey', ['log', 'size'])
        .modifyEnd(strict)
        .execute();
      await database.schema
        .createTable('tlogFinding')
        .addColumn('kind', text, (column) => column.primaryKey())
        .addColumn('foundAt', text, (column) => column.notNull())
        .addColumn('log', 'integer', (column) => column.notNull())
        .addColumn('size', 'integer', (column) => column.notNull())
        .addColumn('fault', text)
        .addColumn('leaf', 'integer')
        .addColumn('stream', text)
        .addColumn('revision', 'integer')
        .modifyEnd(strict)
        .execute();
    },
  },
};

/** SQLite gives bytes as plain ones. */
export const buffered = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
