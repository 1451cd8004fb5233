import type { Kysely } from 'kysely';
import { caseIdOf, CASE_STREAMS } from '../../src/cases/case-stream.js';
import type { CaseRows } from '../../src/cases/read-models/case-rows.js';
import { CASE_TABLES, type CaseTables } from '../../src/cases/read-models/case-tables.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import type { ProjectionTables } from '../../src/projections/tables.js';
import { caseReadModel } from '../../src/projector.js';

type Table = (typeof CASE_TABLES)[number];
type Row = CaseTables[Table];

/** The rows of every table of the cases' read model. */
export type KeptRows = ReadonlyMap<Table, readonly Row[]>;

const AT_ONCE = 16;
const TOLD_AT_MOST = 10;

/** What answers are made of now. */
export async function keptRows(database: Kysely<ProjectionTables>): Promise<KeptRows> {
  const kept = new Map<Table, Row[]>();
  for (const table of CASE_TABLES) {
    kept.set(table, await database.withTables<CaseTables>().selectFrom(table).selectAll().execute());
  }
  return kept;
}

/** What they are to be made of: every case that stands for itself, folded from its streams, with no projector in between. */
export async function foldedRows(store: EventStore): Promise<KeptRows> {
  const caseIds = new Set<string>();
  for await (const events of store.readAll(undefined, { prefixes: [CASE_STREAMS] })) {
    for (const { stream } of events) caseIds.add(caseIdOf(stream));
  }
  const model = caseReadModel(store);
  const cases: CaseRows[] = [];
  for (const some of inGroups([...caseIds], AT_ONCE)) {
    cases.push(...(await Promise.all(some.map((caseId) => model.derive(caseId)))));
  }
  return rowsOf(cases.filter(({ asked, row }) => asked === row.case_id));
}

const rowsOf = (cases: readonly CaseRows[]): KeptRows =>
  new Map<Table, Row[]>([
    ['cases', cases.map(({ row }) => row)],
    [
      'case_aliases',
      cases.flatMap(({ row, mergedFrom }) =>
        mergedFrom.map((case_id) => ({ case_id, survivor_id: row.case_id })),
      ),
    ],
    ['case_readers', cases.flatMap(({ readers }) => readers)],
    ['case_terms', cases.flatMap(({ terms }) => terms)],
    ['expected_releases', cases.flatMap(({ releases }) => releases)],
    ['planned_hearings', cases.flatMap(({ hearings }) => hearings)],
    ['open_merges', cases.flatMap(({ openMerges }) => openMerges)],
    ['case_openings', cases.flatMap(({ openings }) => openings)],
    ['case_sheets', cases.map(({ sheet }) => sheet)],
  ]);

/** In what the rows kept are not those they should be, table by table, row by row; the first few. */
export function differences(kept: KeptRows, expected: KeptRows): string[] {
  return CASE_TABLES.flatMap((table) => {
    const left = new Map<string, number>();
    const count = (row: Row, by: number): void => {
      // The databases give the columns in orders of their own.
      const text = JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1)));
      left.set(text, (left.get(text) ?? 0) + by);
    };
    for (const row of kept.get(table) ?? []) count(row, 1);
    for (const row of expected.get(table) ?? []) count(row, -1);
    return [...left].flatMap(([text, n]) =>
      n === 0 ? [] : [`${table}: ${n > 0 ? 'not expected' : 'missing'}: ${text.slice(0, 200)}`],
    );
  }).slice(0, TOLD_AT_MOST);
}

function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) =>
    items.slice(n * size, (n + 1) * size),
  );
}
