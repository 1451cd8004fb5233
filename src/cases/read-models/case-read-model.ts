import { BulkDelete } from '../../database/bulk-delete.js';
import { BulkInsert } from '../../database/bulk-insert.js';
import type { StoredEvent, Streams } from '../../event-store/event-store.js';
import { ReadModel, type ReadTransaction, type TableSet } from '../../projections/read-model.js';
import type { CaseHistories } from '../case-history.js';
import { CASE_STREAMS } from '../case-stream.js';
import type { Law } from '../domain/law/law.js';
import { CASE_TABLES, createCaseTables, type CaseOpeningRow, type CaseTables } from './case-tables.js';
import { caseRows, type CaseRows } from './case-rows.js';

export const CASES = 'cases';

const BY_CASE = new BulkDelete(['case_id']);
const BY_SURVIVOR = new BulkDelete(['survivor_id']);
const BY_POSITION = new BulkDelete(['position']);
const BY_TERM = new BulkDelete(['term', 'position']);
const INSERTS: { [T in keyof CaseTables]: BulkInsert<CaseTables[T]> } = {
  cases: new BulkInsert({
    case_id: 'text',
    revision: 'integer',
    position: 'text',
    merged_from: 'text',
    readers: 'text',
    terms: 'text',
    sealed_names: 'text',
    docket: 'text',
  }),
  case_aliases: new BulkInsert({ case_id: 'text', survivor_id: 'text' }),
  case_readers: new BulkInsert({ position: 'text', principal_id: 'text' }),
  case_terms: new BulkInsert({ term: 'text', position: 'text', from_day: 'integer', to_day: 'integer' }),
  expected_releases: new BulkInsert({
    position: 'text',
    from_day: 'integer',
    to_day: 'integer',
    earliest: 'integer',
    latest: 'integer',
  }),
  planned_hearings: new BulkInsert({
    position: 'text',
    hearing_id: 'text',
    earliest: 'integer',
    latest: 'integer',
  }),
  open_merges: new BulkInsert({ survivor_id: 'text', loser_id: 'text' }),
  case_openings: new BulkInsert({ position: 'text', case_id: 'text', recorded_at: 'text' }),
  case_sheets: new BulkInsert({ position: 'text', settled_from: 'integer', sheet: 'text' }),
};

/** List, search and the answer on any day, as known now. A key is the id of a case. */
export class CaseReadModel extends ReadModel<CaseRows> {
  override readonly name = CASES;
  override readonly version = 4;
  override readonly compatibleFrom = 4;
  override readonly prefixes = [CASE_STREAMS];
  override readonly tables = CASE_TABLES;

  constructor(
    private readonly histories: CaseHistories,
    private readonly law: Law,
  ) {
    super();
  }

  override createTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
    return createCaseTables(transaction, set);
  }

  /** Each fact of a merge may change what either of the two cases answers. */
  override touched(event: StoredEvent): string[] {
    return this.histories.casesIn(event);
  }

  override async derive(caseId: string, streams?: Streams): Promise<CaseRows> {
    const history = await this.histories.load(caseId, { streams });
    if (!history) throw new Error('a case was touched of which nothing can be read');
    return caseRows(caseId, history, this.law);
  }

  override async write(
    transaction: ReadTransaction,
    set: TableSet,
    rows: readonly CaseRows[],
  ): Promise<void> {
    const cases = oneOfEach(rows);
    const aliases = cases.flatMap(({ mergedFrom, row }) =>
      mergedFrom.map((case_id) => ({ case_id, survivor_id: row.case_id })),
    );
    const answered = rows.flatMap(({ asked, row, mergedFrom }) => [asked, row.case_id, ...mergedFrom]);
    const there = await this.#remove(transaction, set, [...new Set(answered)]);

    const put = <T extends keyof CaseTables>(table: T, values: CaseTables[T][]): Promise<void> =>
      INSERTS[table].into(transaction, set.named(table), values);
    await put(
      'cases',
      cases.map(({ row }) => row),
    );
    await put(
      'case_terms',
      cases.flatMap(({ terms }) => terms),
    );
    await put(
      'expected_releases',
      cases.flatMap(({ releases }) => releases),
    );
    await put(
      'planned_hearings',
      cases.flatMap(({ hearings }) => hearings),
    );
    await put(
      'case_readers',
      cases.flatMap(({ readers }) => readers),
    );
    await put(
      'case_sheets',
      cases.map(({ sheet }) => sheet),
    );
    await put('case_aliases', aliases);
    await put(
      'open_merges',
      cases.flatMap(({ openMerges }) => openMerges),
    );
    await this.#putOpenings(
      transaction,
      set,
      cases.flatMap(({ openings }) => openings).filter(({ case_id }) => !there.has(case_id)),
    );
  }

  /** They never change. Of cases that are merged away nothing else tells whether they stand there already. */
  async #putOpenings(
    transaction: ReadTransaction,
    set: TableSet,
    openings: readonly CaseOpeningRow[],
  ): Promise<void> {
    const each = new Map(openings.map((row) => [row.position, row]));
    const table = set.named('case_openings');
    await BY_POSITION.from(
      transaction,
      table,
      [...each.keys()].map((position) => [position]),
    );
    await INSERTS.case_openings.into(transaction, table, [...each.values()]);
  }

  /** Gives the ids of the cases that there were rows of. */
  async #remove(
    transaction: ReadTransaction,
    set: TableSet,
    caseIds: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const stale = await transaction
      .withTables<CaseTables>()
      .selectFrom(set.named('cases'))
      .select(['case_id', 'position', 'terms'])
      .where('case_id', 'in', caseIds)
      .execute();
    const remove = (
      table: keyof CaseTables,
      by: BulkDelete,
      keys: readonly (readonly string[])[],
    ): Promise<void> => by.from(transaction, set.named(table), keys);
    const positions = stale.map(({ position }) => [position]);
    await remove(
      'case_aliases',
      BY_CASE,
      caseIds.map((caseId) => [caseId]),
    );
    await remove(
      'open_merges',
      BY_SURVIVOR,
      caseIds.map((caseId) => [caseId]),
    );
    await remove(
      'cases',
      BY_CASE,
      stale.map(({ case_id }) => [case_id]),
    );
    await remove('case_readers', BY_POSITION, positions);
    await remove('expected_releases', BY_POSITION, positions);
    await remove('planned_hearings', BY_POSITION, positions);
    await remove('case_sheets', BY_POSITION, positions);
    await remove(
      'case_terms',
      BY_TERM,
      stale.flatMap(({ terms, position }) => withEach(terms, position)),
    );
    return new Set(stale.map(({ case_id }) => case_id));
  }
}

const withEach = (list: string, position: string): [string, string][] =>
  (JSON.parse(list) as string[]).map((one) => [one, position]);

/**
 * The cases of a batch are read one after the other, and a merge may come in between: then one of them may be read by itself and
 * as part of another. Whichever is put down is put right with the event that is still to come; only nobody may be missing.
 */
function oneOfEach(rows: readonly CaseRows[]): CaseRows[] {
  const cases = new Map<string, CaseRows>();
  for (const one of rows) {
    const known = cases.get(one.row.case_id);
    if (!known || known.mergedFrom.length < one.mergedFrom.length) cases.set(one.row.case_id, one);
  }
  const merged = new Set([...cases.values()].flatMap(({ mergedFrom }) => mergedFrom));
  return [...cases.values()].filter(({ row }) => !merged.has(row.case_id));
}
