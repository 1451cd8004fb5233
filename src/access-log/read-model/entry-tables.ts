import { type Kysely, sql } from 'kysely';
import { onSqlite, textType } from '../../database/dialect.js';
import type { ReadTransaction, TableSet } from '../../projections/read-model.js';

export interface EntryRow {
  /** Of its event: the order of the log, and its key. */
  position: string;
  stream: string;
  revision: number;
  event_id: string;
  type: string;
  /** RFC 3339 in UTC with milliseconds. */
  recorded_at: string;
  principal_id: string;
  correlation_id: string;
  route: string;
  /** Null of a refusal. */
  fields: string | null;
  /** Of a refusal. */
  status: number | null;
  code: string | null;
  /** Of a file of a case that was read. */
  evidence_id: string | null;
  /** JSON: a list. */
  case_ids: string;
  /** JSON: the `SealedBox` of the purpose, closed as it lies in the store; null if none was given. */
  sealed: string | null;
}

/** An entry that names a case. */
export interface EntryCaseRow {
  case_id: string;
  position: string;
}

// A type, not an interface: the query builder wants one with an index.
export type EntryTables = {
  access_entries: EntryRow;
  access_cases: EntryCaseRow;
};

export type EntryDatabase = Kysely<EntryTables>;

/** A query of both names `access_entries` first. */
export const ENTRY_TABLES = ['access_entries', 'access_cases'] as const satisfies (keyof EntryTables)[];

export async function createEntryTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
  const text = textType(transaction);
  const entries = set.named('access_entries');
  const cases = set.named('access_cases');
  await transaction.schema
    .createTable(entries)
    .addColumn('position', text, (column) => column.primaryKey())
    .addColumn('stream', text, (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('event_id', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('recorded_at', text, (column) => column.notNull())
    .addColumn('principal_id', text, (column) => column.notNull())
    .addColumn('correlation_id', text, (column) => column.notNull())
    .addColumn('route', text, (column) => column.notNull())
    .addColumn('fields', text)
    .addColumn('status', 'integer')
    .addColumn('code', text)
    .addColumn('evidence_id', text)
    .addColumn('case_ids', text, (column) => column.notNull())
    .addColumn('sealed', text)
    .addUniqueConstraint(`${entries}_place`, ['stream', 'revision'])
    .execute();
  await transaction.schema
    .createIndex(`${entries}_by_principal`)
    .on(entries)
    .columns(['principal_id', 'position'])
    .execute();
  await transaction.schema.createIndex(`${entries}_by_time`).on(entries).column('recorded_at').execute();
  await transaction.schema
    .createTable(cases)
    .addColumn('case_id', text, (column) => column.notNull())
    .addColumn('position', text, (column) => column.notNull())
    .addPrimaryKeyConstraint(`${cases}_key`, ['case_id', 'position'])
    .modifyEnd(onSqlite(transaction, sql`without rowid`))
    .execute();
}
