import { type Kysely, sql } from 'kysely';
import { onSqlite, textType } from '../../database/dialect.js';
import type { ReadTransaction, TableSet } from '../../projections/read-model.js';

/** Stand for an open start and an open end: far outside of every day that can be written. */
export const BEFORE_ALL_DAYS = -100_000_000;
export const AFTER_ALL_DAYS = 100_000_000;

/** A case that answers for itself. */
export interface CaseRow {
  case_id: string;
  /** Of its own stream. */
  revision: number;
  /**
   * Of the last event of all its streams: the order of change. No two rows share one, so the other tables name the case by
   * it, and what belongs to an older state of the case is found by it.
   */
  position: string;
  /** JSON: the ids of the cases merged into it. */
  merged_from: string;
  /** JSON: the ids of the principals that it is restricted to; null: it is not. */
  readers: string | null;
  /** JSON: the terms that there are rows of. With the position they are the keys of these rows. */
  terms: string;
  /** JSON: the `SealedName`s, closed as they lie in the store. */
  sealed_names: string;
  /** JSON: the `Docket` of the readable halves of its facts, of which the answer on any day is made. */
  docket: string;
}

/** A principal that a case is restricted to; of a case that is not restricted there are none. */
export interface CaseReaderRow {
  position: string;
  principal_id: string;
}

/** An id that another case answers for. */
interface CaseAliasRow {
  case_id: string;
  survivor_id: string;
}

/**
 * Something that can be asked of a list, and the days `[from_day, to_day)` on which it is so, past and to come: nothing has to
 * be written when a day passes. The rows of one case and term do not overlap.
 */
export interface CaseTermRow {
  term: string;
  position: string;
  from_day: number;
  to_day: number;
}

/** The days `[from_day, to_day)` on which the release is expected between the other two; null where that lies in an open past. */
export interface ExpectedReleaseRow {
  position: string;
  from_day: number;
  to_day: number;
  earliest: number | null;
  latest: number | null;
}

/** A hearing that is planned and neither held nor put off without a new date. */
export interface PlannedHearingRow {
  position: string;
  hearing_id: string;
  earliest: number;
  latest: number;
}

/** A merge, or its undoing, that stands in the survivor's stream and not in the other's: work for `MergeCompletion`. */
export interface OpenMergeRow {
  survivor_id: string;
  loser_id: string;
}

/** The first event of a case's own stream: every case that was ever opened has one, also while another answers for it. */
export interface CaseOpeningRow {
  position: string;
  case_id: string;
  /** RFC 3339 in UTC with milliseconds: compares as text. */
  recorded_at: string;
}

/** What a case adds to figures. Apart from the case: of all of them the sheets are read, and nothing else. */
export interface CaseSheetRow {
  position: string;
  /** From this day on the sheet holds for every day. */
  settled_from: number;
  /** JSON: the `Sheet`. */
  sheet: string;
}

// A type, not an interface: the query builder wants one with an index.
export type CaseTables = {
  cases: CaseRow;
  case_aliases: CaseAliasRow;
  case_readers: CaseReaderRow;
  case_terms: CaseTermRow;
  expected_releases: ExpectedReleaseRow;
  planned_hearings: PlannedHearingRow;
  open_merges: OpenMergeRow;
  case_openings: CaseOpeningRow;
  case_sheets: CaseSheetRow;
};

export type CaseDatabase = Kysely<CaseTables>;

/** A query of several names `cases` first. */
export const CASE_TABLES = [
  'cases',
  'case_aliases',
  'case_readers',
  'case_terms',
  'expected_releases',
  'planned_hearings',
  'open_merges',
  'case_openings',
  'case_sheets',
] as const satisfies (keyof CaseTables)[];

/** Kept in the order of its primary key, and nowhere else: half the writing of a table with an index beside it. PostgreSQL has no such thing. */
const CLUSTERED = sql`without rowid`;

export async function createCaseTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
  const text = textType(transaction);
  const clustered = onSqlite(transaction, CLUSTERED);
  const table = (name: keyof CaseTables) => transaction.schema.createTable(set.named(name));
  const index = async (name: keyof CaseTables, column: string): Promise<void> => {
    await transaction.schema
      .createIndex(`${set.named(name)}_by_${column}`)
      .on(set.named(name))
      .column(column)
      .execute();
  };

  await table('cases')
    .addColumn('case_id', text, (column) => column.primaryKey())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('position', text, (column) => column.notNull().unique())
    .addColumn('merged_from', text, (column) => column.notNull())
    .addColumn('readers', text)
    .addColumn('terms', text, (column) => column.notNull())
    .addColumn('sealed_names', text, (column) => column.notNull())
    .addColumn('docket', text, (column) => column.notNull())
    .execute();

  await table('case_aliases')
    .addColumn('case_id', text, (column) => column.primaryKey())
    .addColumn('survivor_id', text, (column) => column.notNull())
    .execute();

  await table('case_readers')
    .addColumn('position', text, (column) => column.notNull())
    .addColumn('principal_id', text, (column) => column.notNull())
    .addPrimaryKeyConstraint(`${set.named('case_readers')}_key`, ['position', 'principal_id'])
    .modifyEnd(clustered)
    .execute();

  await table('case_terms')
    .addColumn('term', text, (column) => column.notNull())
    .addColumn('position', text, (column) => column.notNull())
    .addColumn('from_day', 'integer', (column) => column.notNull())
    .addColumn('to_day', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${set.named('case_terms')}_key`, ['term', 'position', 'from_day'])
    .modifyEnd(clustered)
    .execute();

  await table('expected_releases')
    .addColumn('position', text, (column) => column.notNull())
    .addColumn('from_day', 'integer', (column) => column.notNull())
    .addColumn('to_day', 'integer', (column) => column.notNull())
    .addColumn('earliest', 'integer')
    .addColumn('latest', 'integer')
    .addPrimaryKeyConstraint(`${set.named('expected_releases')}_key`, ['position', 'from_day'])
    .modifyEnd(clustered)
    .execute();
  await index('expected_releases', 'to_day');

  await table('planned_hearings')
    .addColumn('position', text, (column) => column.notNull())
    .addColumn('hearing_id', text, (column) => column.notNull())
    .addColumn('earliest', 'integer', (column) => column.notNull())
    .addColumn('latest', 'integer', (column) => column.notNull())
    .addPrimaryKeyConstraint(`${set.named('planned_hearings')}_key`, ['position', 'hearing_id'])
    .modifyEnd(clustered)
    .execute();
  await index('planned_hearings', 'latest');

  await table('open_merges')
    .addColumn('survivor_id', text, (column) => column.notNull())
    .addColumn('loser_id', text, (column) => column.notNull())
    .addPrimaryKeyConstraint(`${set.named('open_merges')}_key`, ['survivor_id', 'loser_id'])
    .modifyEnd(clustered)
    .execute();

  await table('case_openings')
    .addColumn('position', text, (column) => column.primaryKey())
    .addColumn('case_id', text, (column) => column.notNull())
    .addColumn('recorded_at', text, (column) => column.notNull())
    .modifyEnd(clustered)
    .execute();

  await table('case_sheets')
    .addColumn('position', text, (column) => column.primaryKey())
    .addColumn('settled_from', 'integer', (column) => column.notNull())
    .addColumn('sheet', text, (column) => column.notNull())
    .execute();
}
