import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { docketOf } from '../../../src/cases/domain/timeline/docket.js';
import {
  REPORTS,
  type CountedContent,
  type CountedReport,
  type ReportContent,
  type Value,
} from '../../../src/reports/content/content.js';
import type { ReportSource } from '../../../src/reports/content/source.js';
import { reportContent } from '../../../src/reports/content/report-content.js';
import type { Figures, Question } from '../../../src/reports/figures/figures.js';
import { NOTHING_REGISTERED } from '../../../src/reports/figures/register.js';
import { sheetOf } from '../../../src/reports/figures/sheet-of.js';
import type { Sheet } from '../../../src/reports/figures/sheet.js';
import { Tally } from '../../../src/reports/figures/tally.js';
import { day, LAW } from '../derived.js';

/** Sheets for a question about a day: those that hold for it, else made anew as of it. */
export function sheetsOn(files: ReadonlyMap<string, readonly RecordedFact[]>, asOf: number): Sheet[] {
  return [...files].map(([caseId, facts]) => {
    const docket = docketOf(caseId, facts, LAW);
    const settled = sheetOf(docket, LAW);
    return settled.settledFrom <= asOf ? settled : sheetOf(docket, LAW, asOf);
  });
}

export const question = (asOf: string, more: Partial<Question> = {}): Question => ({
  asOf: day(asOf),
  filters: {},
  register: NOTHING_REGISTERED,
  lists: true,
  ...more,
});

export function tallied(sheets: Iterable<Sheet>, asked: Question): Figures {
  const tally = new Tally(asked);
  for (const sheet of sheets) tally.add(sheet);
  return tally.figures();
}

/** Reports made of figures: of a person there is a dossier. */
export const COUNTED_REPORTS = REPORTS.filter((report) => report !== 'person');

export function reported(
  report: CountedReport,
  asOf: string,
  { register, filters }: Question,
  figures: Figures,
  more: Partial<ReportSource> = {},
): CountedContent {
  const basis = { asOf, knownAt: '2026-01-01T00:00:00.000Z', position: '0', filters };
  return reportContent(report, { basis, audience: 'internal', figures, register, ...more });
}

/** A figure that stands in a report as one number. */
export function said(content: ReportContent, id: string): Value | undefined {
  const figures = content.sections.flatMap((section) => (section.kind === 'figures' ? section.figures : []));
  return figures.find((figure) => figure.id === id)?.value;
}

/** The rows of a table, each cell by the name of its column. */
export function rowsOf(content: ReportContent, table: string): Record<string, Value>[] {
  const section = content.sections.find(({ kind, id }) => kind === 'table' && id === table);
  if (section?.kind !== 'table') throw new Error(`the report has no table ${table}`);
  return section.rows.map((row) =>
    Object.fromEntries(section.columns.map(({ id }, i) => [id, row[i]!] as const)),
  );
}
