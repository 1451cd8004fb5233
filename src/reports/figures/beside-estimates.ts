import { parseDay } from '../../cases/domain/dates/day.js';
import type { Cells } from './cells.js';
import type { FigureId } from './definitions.js';
import type { Question } from './figures.js';
import type { Estimate, Predicate } from './register.js';
import { withWaves } from './scope.js';

/** The register's own number of the same thing; of "charged and fined" it has none, as it does not follow one to the other. */
const SAME: Readonly<Record<Estimate['unit'], Partial<Record<Predicate, FigureId>>>> = {
  persons: {
    arrested: 'persons_arrested',
    charged: 'persons_charged',
    penalised: 'persons_penalised',
    sentenced: 'persons_sentenced',
    fined: 'persons_fined',
    detained: 'persons_detained',
  },
  penalties: { penalised: 'penalties', sentenced: 'sentences', fined: 'fines' },
};

const NEAREST = { persons: 'persons_documented', penalties: 'penalties' } as const;

/** Why the two numbers must not be subtracted. `as_of`: of the same period one has counted more days than the other. */
export type Difference = 'predicate' | 'period' | 'as_of' | 'scope';

/** The estimates that a question is about: of its campaign and its waves, or all. */
export function estimatesFor({ filters: { campaignId }, register }: Question): Estimate[] {
  const { estimates, campaigns } = register;
  if (campaignId === undefined) return [...estimates].sort(byId);
  const within = withWaves(campaignId, campaigns);
  return estimates.filter((one) => one.campaignId !== undefined && within.has(one.campaignId)).sort(byId);
}

const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : 1);

export function differences(question: Question, estimate: Estimate): Difference[] {
  const { from: _, to: __, campaignId, ...others } = question.filters;
  const narrowed = Object.values(others).some((filter) => filter !== undefined);
  const days = differenceOfDays(question, estimate);
  return [
    ...(SAME[estimate.unit][estimate.predicate] === undefined ? (['predicate'] as const) : []),
    ...(days === undefined ? [] : [days]),
    ...(estimate.campaignId === campaignId && !narrowed ? [] : (['scope'] as const)),
  ];
}

/** Neither has counted days that had yet to come: a period is what of it was over. */
function differenceOfDays(
  { asOf, filters: { from, to } }: Question,
  { period, asOf: made }: Estimate,
): 'period' | 'as_of' | undefined {
  const begin = from === undefined ? null : parseDay(from);
  const end = to === undefined ? null : parseDay(to);
  const counted = Math.min(end ?? Infinity, asOf);
  const last = period.latest ?? Infinity;
  const estimatedTo = [made.earliest ?? -Infinity, made.latest ?? Infinity].map((day) => Math.min(last, day));
  if (period.earliest === begin && estimatedTo.every((day) => day === counted)) return undefined;
  return period.earliest === begin && period.latest === end ? 'as_of' : 'period';
}

/** The ends of what was estimated. */
export const estimated = ({ quantity: { value, low, high } }: Estimate): { low?: number; high?: number } => ({
  ...optional('low', value ?? low),
  ...optional('high', value === undefined ? high : undefined),
});

const optional = <Name extends string>(
  name: Name,
  value: number | undefined,
): Partial<Record<Name, number>> => (value === undefined ? {} : ({ [name]: value } as Record<Name, number>));

/**
 * What it means that more is documented than was estimated. `exceeded`: the estimate was too low, so that nothing is missing does not follow.
 * `reached`: it said only that there were more than so many, and there are. Undefined: there is not more.
 */
export function surplus(documented: number, estimate: Estimate): 'exceeded' | 'reached' | undefined {
  const { low, high = low } = estimated(estimate);
  if (high === undefined || documented <= high) return undefined;
  return ['gt', 'ge'].includes(estimate.quantity.op) ? 'reached' : 'exceeded';
}

/** Puts beside each estimate what is documented, and the gap where both count the same thing in the same days. */
export function besideEstimates(question: Question, cells: Cells): void {
  for (const estimate of estimatesFor(question)) {
    const comparable = differences(question, estimate).length === 0;
    const figure = documentedAs(estimate);
    const documented = cells.number(figure);
    cells.copy(figure, 'documented_beside_estimate', estimate.id, { kind: 'count', value: documented });
    if (!comparable) {
      cells.ensure('estimate_gap', estimate.id);
      continue;
    }
    for (const [end, bound] of Object.entries(estimated(estimate))) {
      const gap = surplus(documented, estimate)
        ? ({ kind: 'absent' } as const)
        : // Between two bounds nothing may be missing.
          ({ kind: 'count', value: Math.max(0, bound - documented) } as const);
      cells.copy(figure, 'estimate_gap', end === 'low' ? estimate.id : `${estimate.id}/high`, gap);
    }
  }
}

/** The register's figure that stands beside an estimate. */
export const documentedAs = ({ unit, predicate }: Estimate): FigureId =>
  SAME[unit][predicate] ?? NEAREST[unit];
