import { REPORTS } from '../../src/reports/content/content.js';
import type { Format } from '../../src/reports/documents/document.js';
import { outlineOf } from '../../src/reports/documents/outline/outline-of.js';
import type { Cell } from '../../src/reports/documents/outline/outline.js';
import { LANGUAGES, type Language } from '../../src/reports/documents/words/languages.js';
import { writeReport } from '../../src/reports/documents/write-report.js';
import { reportContent } from './report-contents.js';

/** Every report in every language. */
export const EACH = REPORTS.flatMap((report) => LANGUAGES.map((language) => [report, language] as const));

type Report = (typeof EACH)[number][0];

/** As text; for what is none see `writtenBytes`. */
export const written = async (report: Report, language: Language, format: Format): Promise<string> =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(await writtenBytes(report, language, format));

export const writtenBytes = async (report: Report, language: Language, format: Format): Promise<Uint8Array> =>
  (await writeReport(reportContent(report), { format, language })).bytes;

/** How every value of the report reads. */
export function cellsOf(report: Report, language: Language): Cell[] {
  return outlineOf(reportContent(report), language).parts.flatMap((part): Cell[] => {
    if (part.kind === 'figures') return part.figures.map(({ cell }) => cell);
    if (part.kind === 'table') return part.rows.flat();
    return part.kind === 'form' ? part.answers.flatMap(({ cells }) => cells) : [];
  });
}
