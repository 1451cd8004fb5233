import { formatDay, parseDay } from '../../cases/domain/dates/day.js';
import { differences, documentedAs, estimated, estimatesFor } from '../figures/beside-estimates.js';
import type { Estimate, Period } from '../figures/register.js';
import type { Section, Value } from './content.js';
import { ABSENT, cellValue, code, column, count, plot, text } from './sections.js';

import type { ReportSource } from './source.js';

/** What others estimated, with what is documented beside it: a gap only where both count the same in the same days. */
export function estimates({ basis, figures, register }: ReportSource): Section[] {
  const question = { asOf: parseDay(basis.asOf)!, filters: basis.filters, register };
  const rows = estimatesFor(question).map((estimate): Value[] => {
    const { low, high } = estimated(estimate);
    const [difference] = differences(question, estimate);
    return [
      text(estimate.estimator),
      periodValue(estimate.period),
      code('unit', estimate.unit),
      code('predicate', estimate.predicate),
      code('estimate_op', estimate.quantity.op),
      bound(low),
      bound(high),
      text(estimate.quantity.word),
      cellValue(figures, 'documented_beside_estimate', estimate.id),
      code('documented_as', documentedAs(estimate)),
      gapValue(figures, estimate, ''),
      gapValue(figures, estimate, '/high'),
      difference === undefined ? ABSENT : code('difference', difference),
    ];
  });
  const columns = ['estimator', 'period', 'unit', 'predicate', 'op', 'estimate', 'estimate_high', 'word'];
  return [
    {
      kind: 'table',
      id: 'estimates',
      columns: [
        ...columns.map((id) => ({ id })),
        column({ id: 'documented', figure: 'documented_beside_estimate' }),
        { id: 'documented_as' },
        column({ id: 'gap', figure: 'estimate_gap' }),
        column({ id: 'gap_high', figure: 'estimate_gap' }),
        { id: 'differs' },
      ],
      rows,
    },
    plot('documented_beside_estimate', 'bars', 'estimates', 'estimator', ['documented', 'estimate']),
  ];
}

const bound = (value: number | undefined): Value => (value === undefined ? ABSENT : count(value));

const gapValue = (figures: ReportSource['figures'], estimate: Estimate, end: string): Value =>
  cellValue(figures, 'estimate_gap', estimate.id + end);

const written = (day: number | null): string | null => (day === null ? null : formatDay(day));

export const periodValue = ({ earliest, latest }: Period): Value => ({
  kind: 'days',
  earliest: written(earliest),
  latest: written(latest),
});
