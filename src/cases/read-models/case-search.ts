import { type RawBuilder, sql } from 'kysely';
import { listed, type SomeDatabase } from '../../database/dialect.js';
import type { Day } from '../domain/dates/day.js';

/** What the cases of a page have in common. */
export interface CaseCriteria {
  /** Terms (see `terms.ts`) that are all true of the case on the day. */
  terms: readonly string[];
  day: Day;
  /** Among these. Absent: any case; empty: none. */
  caseIds?: readonly string[];
  /** A principal, for cases that are not restricted to others. Absent: all cases. */
  reader?: string;
}

/**
 * The positions of the cases that meet the criteria, the newest change first, as a statement that reads no more of an index than
 * it has to: it walks the cases of the first term in the order of change, and looks the others up.
 */
export function matchingPositions(
  database: SomeDatabase,
  { terms: [first, ...others], day, caseIds, reader }: CaseCriteria,
  before: string | undefined,
  limit: number,
): RawBuilder<{ position: string }> {
  const conditions = [
    ...(before === undefined ? [] : [sql`found.position < ${before}`]),
    ...(first === undefined ? [] : [sql`found.term = ${first}`, trueOn('found', day)]),
    ...others.map(
      (term) =>
        sql`exists (select 1 from case_terms as other where other.position = found.position and other.term = ${term} and ${trueOn('other', day)})`,
    ),
    ...(reader === undefined ? [] : [openTo(reader, 'found')]),
    ...(caseIds === undefined ? [] : [sql`found.position in (${positionsOf(listed(database, caseIds))})`]),
  ];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const from = sql.table(first === undefined ? 'cases' : 'case_terms');
  return sql`select found.position from ${from} as found ${where} order by found.position desc limit ${limit}`;
}

/** Of a statement whose `alias` is a table with a position: the case is restricted to nobody, or to the reader too. */
export function openTo(reader: string, alias: string): RawBuilder<boolean> {
  const position = sql.ref(`${alias}.position`);
  return sql`(not exists (select 1 from case_readers as reader where reader.position = ${position}) or exists (select 1 from case_readers as reader where reader.position = ${position} and reader.principal_id = ${reader}))`;
}

const trueOn = (alias: string, day: Day): RawBuilder<boolean> =>
  sql`${sql.ref(`${alias}.from_day`)} <= ${day} and ${sql.ref(`${alias}.to_day`)} > ${day}`;

const positionsOf = (caseIds: RawBuilder<unknown>): RawBuilder<{ position: string }> =>
  sql`select position from cases where case_id in (${caseIds})`;
