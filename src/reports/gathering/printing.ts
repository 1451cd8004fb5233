import type { CountedReport } from '../content/content.js';
import { packedCells, unpackedCells } from '../issued/packed-cells.js';
import { released, releasedAs } from '../release/released.js';
import type { GatheredSource } from './gathered.js';
import type { Printed, Printing } from './gathering.js';
import type { RegisterState, ReportQuestion } from './report-question.js';

/** What may be printed, or was, of a report for the public. Takes seconds over many cases. */
export function printedFrom(
  { report, asOf, filters }: Pick<ReportQuestion, 'asOf' | 'filters'> & { report: CountedReport },
  { knownAt, position }: RegisterState,
  source: GatheredSource,
  printing: Printing,
): { source: GatheredSource; printed: Printed } {
  const basis = { asOf, knownAt, position, filters };
  const made =
    'beside' in printing
      ? released(report, basis, source, unpackedCells(printing.beside))
      : releasedAs(report, basis, source, printing.as);
  return {
    source: made.source,
    printed: { published: made.published, cells: packedCells(made.cells) },
  };
}
