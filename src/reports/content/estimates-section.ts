import { formatDay, parseDay } from '../../cases/domain/dates/day.js';
import { differences, estimated, estimatesFor, surplus } from '../figures/beside-estimates.js';
import type { Estimate, Period } from '../figures/register.js';
import type { Section, Value } from './content.js';
import { ABSENT, cellValue, code, column, plot, text } from './sections.js';
import type { ReportSource } from './source.js';

/** What others estimated, with what is documented beside it: a gap only where both count the same in the same days. */
export function estimates({ basis, figures, register }: ReportSource): Section[] {
  const question = { asOf: parseDay(basis.asOf)!, filters: basis.filters, register };
  const rows = estimatesFor(question).map((estimate): Value[] => {
    const documented = cellValue(figures, 'documented_beside_estimate', estimate.id);
    const [difference] = [...differences(question, estimate), surplusOf(documented, estimate)];
    return [
      text(estimate.estimator),
      periodValue(estimate.period),
      someDayIn(estimate.asOf),
      code('estimate_unit', estimate.unit),
      code('predicate', estimate.predicate),
      estimateOf(estimate, estimated(estimate)),
      text(estimate.quantity.word),
      documented,
      gapOf(figures, estimate),
      difference === undefined ? ABSENT : code('difference', difference),
    ];
  });
  return [
    {
      kind: 'table',
      id: 'estimates',
      columns: [
        ...['estimator', 'period', 'counted_to', 'unit', 'predicate', 'estimated', 'word'].map((id) => ({
          id,
        })),
        column({ id: 'documented', figure: 'documented_beside_estimate' }),
        column({ id: 'gap', figure: 'estimate_gap' }),
        { id: 'difference' },
      ],
      rows,
    },
    plot('estimates_plot', 'bars', 'estimates', 'estimator', ['documented', 'estimated']),
  ];
}

/** Nothing is told of what is withheld. */
const surplusOf = (documented: Value, estimate: Estimate): ReturnType<typeof surplus> =>
  documented.kind === 'count' ? surplus(documented.value, estimate) : undefined;

function estimateOf({ quantity: { op } }: Estimate, { low, high }: { low?: number; high?: number }): Value {
  if (low === undefined) return ABSENT;
  return { kind: 'estimate', op, value: low, ...(high === undefined ? {} : { high }) };
}

/** As uncertain as the estimate: what is missing from "over 150" is more than what is missing from 150. */
function gapOf(figures: ReportSource['figures'], estimate: Estimate): Value {
  const low = cellValue(figures, 'estimate_gap', estimate.id);
  const high = cellValue(figures, 'estimate_gap', `${estimate.id}/high`);
  if (low.kind !== 'count') return low;
  if (high.kind === 'withheld') return high;
  return estimateOf(estimate, { low: low.value, ...(high.kind === 'count' ? { high: high.value } : {}) });
}

const writtenDay = (day: number | null): string | null => (day === null ? null : formatDay(day));

export const periodValue = ({ earliest, latest }: Period): Value => ({
  kind: 'period',
  from: writtenDay(earliest),
  to: writtenDay(latest),
});

/** Within these days, if it is not known to the day. */
export const someDayIn = ({ earliest, latest }: Period): Value => ({
  kind: 'days',
  earliest: writtenDay(earliest),
  latest: writtenDay(latest),
});
