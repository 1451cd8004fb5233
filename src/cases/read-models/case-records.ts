import { type CompiledQuery, type Selectable, sql } from 'kysely';
import { prepared } from '../../database/prepared.js';
import type { Day } from '../domain/dates/day.js';
import type { Docket } from '../domain/timeline/docket.js';
import type { MergePairIds } from '../merges.js';
import type { ErasureState } from '../erasure/erasure-status.js';
import { term } from './terms.js';
import { type CaseCriteria, matchingPositions, openTo } from './case-search.js';
import type { SealedName } from './sealed-names.js';
import type { CaseDatabase, CaseRow } from './case-tables.js';

/** A case as the read model has it: what an answer on any day is made of. */
export interface CaseRecord {
  caseId: string;
  revision: number;
  position: string;
  mergedFrom: string[];
  /** The principals that it is restricted to, if it is. */
  readers: readonly string[] | undefined;
  /** Of the readable halves of its facts. */
  docket: Docket;
}

/** Merges follow merges; more than this in a row is a read model gone wrong. */
const LONGEST_CHAIN = 20;

/**
 * The case that has an id, or else the one that the chain of its merges ends with. In one statement: between two, a merge could
 * take the row away before the alias is asked for.
 */
const BY_ANY_ID = sql<Selectable<CaseRow>>`
  select cases.* from cases where case_id = ${''}
  union all
  select cases.* from cases join (
    with recursive chain (id, step) as (
      select survivor_id, 1 from case_aliases where case_id = ${''}
      union all
      select survivor_id, step + 1 from chain join case_aliases on case_id = id where step < ${sql.lit(LONGEST_CHAIN)}
    )
    select id from chain
  ) as survivor on cases.case_id = survivor.id
  limit 1`;

/** Reads what the cases' read model has written. Each statement of several tables names `cases` first (see `CASE_TABLES`). */
export class CaseRecords {
  readonly #byAnyId: CompiledQuery<Selectable<CaseRow>>;

  constructor(private readonly database: CaseDatabase) {
    this.#byAnyId = prepared(BY_ANY_ID.compile(database));
  }

  /** The case that answers for an id: itself, or the survivor it was merged into. */
  async find(caseId: string): Promise<CaseRecord | undefined> {
    const query: CompiledQuery<Selectable<CaseRow>> = { ...this.#byAnyId, parameters: [caseId, caseId] };
    const { rows } = await this.database.executeQuery(query);
    return rows[0] && recordOf(rows[0]);
  }

  /** Those of the cases that answer for themselves and that `reader` may know of, in no order. */
  async openWithIds(caseIds: readonly string[], reader: string): Promise<CaseRecord[]> {
    if (caseIds.length === 0) return [];
    const rows = await this.database
      .selectFrom('cases')
      .selectAll()
      .where('case_id', 'in', caseIds)
      .where(openTo(reader, 'cases'))
      .execute();
    return rows.map(recordOf);
  }

  /** Cases that meet the criteria, the newest change first, from before a position on. */
  async page(criteria: CaseCriteria, before: string | undefined, limit: number): Promise<CaseRecord[]> {
    const rows = await sql<Selectable<CaseRow>>`
      select cases.* from cases
      join (${matchingPositions(this.database, criteria, before, limit)}) as matching on cases.position = matching.position
      order by cases.position desc`.execute(this.database);
    return rows.rows.map(recordOf);
  }

  /** The ids of the cases opened by an instant (UTC with milliseconds), those merged away too: the one opened last first, from before a position on. */
  async openedBy(
    instant: string,
    before: string | undefined,
    limit: number,
  ): Promise<{ caseId: string; position: string }[]> {
    const rows = await this.database
      .selectFrom('case_openings')
      .select(['case_id', 'position'])
      .where('recorded_at', '<=', instant)
      .$if(before !== undefined, (query) => query.where('position', '<', before ?? ''))
      .orderBy('position', 'desc')
      .limit(limit)
      .execute();
    return rows.map(({ case_id, position }) => ({ caseId: case_id, position }));
  }

  /** How many cases had been opened up to a position, those merged away too. */
  async openedUpTo(position: string): Promise<number> {
    const { opened } = await this.database
      .selectFrom('case_openings')
      .select((query) => query.fn.countAll().as('opened'))
      .where('position', '<=', position)
      .executeTakeFirstOrThrow();
    return Number(opened);
  }

  /** The case that was opened as the nth (from 1), and where; undefined: there are not so many. */
  async openedAs(nth: number): Promise<{ caseId: string; position: string } | undefined> {
    const row = await this.database
      .selectFrom('case_openings')
      .select(['case_id', 'position'])
      .orderBy('position')
      .limit(1)
      .offset(nth - 1)
      .executeTakeFirst();
    return row && { caseId: row.case_id, position: row.position };
  }

  /** Where the names of the cases are, closed, in the order of the cases' ids, from after one on. */
  async sealedNames(afterCaseId: string, limit: number): Promise<{ caseId: string; names: SealedName[] }[]> {
    const rows = await this.database
      .selectFrom('cases')
      .select(['case_id', 'sealed_names'])
      .where('case_id', '>', afterCaseId)
      .orderBy('case_id')
      .limit(limit)
      .execute();
    return rows.map(({ case_id, sealed_names }) => ({
      caseId: case_id,
      names: JSON.parse(sealed_names) as SealedName[],
    }));
  }

  /** Planned hearings that can fall within `[from, to]`, and their cases, as far as `reader` may know of them; the first first. */
  async hearingsWithin(
    from: Day,
    to: Day,
    reader: string,
    limit: number,
  ): Promise<{ record: CaseRecord; hearingId: string; earliest: Day; latest: Day }[]> {
    const rows = await this.database
      .selectFrom('cases')
      .innerJoin('planned_hearings as planned', 'planned.position', 'cases.position')
      .selectAll('cases')
      .select(['planned.hearing_id', 'planned.earliest', 'planned.latest'])
      .where('planned.latest', '>=', from)
      .where('planned.earliest', '<=', to)
      .where(openTo(reader, 'cases'))
      .orderBy('planned.earliest')
      .orderBy('planned.hearing_id')
      .limit(limit)
      .execute();
    return rows.map((row) => ({
      record: recordOf(row),
      hearingId: row.hearing_id,
      earliest: row.earliest,
      latest: row.latest,
    }));
  }

  /** Cases that `reader` may know of whose release is, as of a day, expected at some time within `[from, to]`; the first first. */
  async releasesExpected(
    asOf: Day,
    from: Day,
    to: Day,
    reader: string,
    limit: number,
  ): Promise<CaseRecord[]> {
    const rows = await this.database
      .selectFrom('cases')
      .innerJoin('expected_releases as expected', 'expected.position', 'cases.position')
      .selectAll('cases')
      .where('expected.to_day', '>', asOf)
      .where('expected.from_day', '<=', asOf)
      .where('expected.latest', '>=', from)
      .where((either) =>
        either.or([either('expected.earliest', '<=', to), either('expected.earliest', 'is', null)]),
      )
      .where(openTo(reader, 'cases'))
      .orderBy('expected.latest')
      .orderBy('cases.position')
      .limit(limit)
      .execute();
    return rows.map(recordOf);
  }

  /** The cases whose erasure has come so far, the newest change first. */
  async inErasure(state: ErasureState, limit: number): Promise<CaseRecord[]> {
    return this.page({ terms: [term('erasure', state)], day: 0 }, undefined, limit);
  }

  /** The ids of all cases whose erasure was approved or is done (or has come to one of these states), and of those merged into them. */
  async erased(states: readonly ErasureState[] = ['under_way', 'erased']): Promise<ReadonlySet<string>> {
    const asked = states.map((state) => term('erasure', state));
    const rows = await this.database
      .selectFrom('cases')
      .select(['case_id', 'merged_from'])
      .where('position', 'in', (query) =>
        query.selectFrom('case_terms').select('position').where('term', 'in', asked),
      )
      .execute();
    return new Set(
      rows.flatMap(({ case_id, merged_from }) => [case_id, ...(JSON.parse(merged_from) as string[])]),
    );
  }

  /** The cases that are restricted, and to whom. */
  async restricted(): Promise<Pick<CaseRecord, 'caseId' | 'mergedFrom' | 'readers'>[]> {
    const rows = await this.database
      .selectFrom('cases')
      .select(['case_id', 'merged_from', 'readers'])
      .where('position', 'in', (query) => query.selectFrom('case_readers').select('position'))
      .execute();
    return rows.map(({ case_id, merged_from, readers }) => ({
      caseId: case_id,
      mergedFrom: JSON.parse(merged_from) as string[],
      readers: JSON.parse(readers ?? '[]') as string[],
    }));
  }

  /** Merges of which one half is missing. */
  async openMerges(): Promise<MergePairIds[]> {
    const rows = await this.database.selectFrom('open_merges').selectAll().execute();
    return rows.map(({ survivor_id, loser_id }) => ({ survivorId: survivor_id, loserId: loser_id }));
  }
}

const recordOf = (row: Selectable<CaseRow>): CaseRecord => ({
  caseId: row.case_id,
  revision: row.revision,
  position: row.position,
  mergedFrom: JSON.parse(row.merged_from) as string[],
  readers: row.readers === null ? undefined : (JSON.parse(row.readers) as string[]),
  docket: JSON.parse(row.docket) as Docket,
});
