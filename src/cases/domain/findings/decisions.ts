import type { Bounds } from '../dates/bounds.js';
import { dayOf, daysInMonth, formatDay, type Day } from '../dates/day.js';
import type { Provision } from '../facts/proceeding-facts.js';
import { familyOf } from '../law/law.js';
import type { DatedFact } from '../timeline/docket.js';
import type { Evidence } from './finding.js';

export type PenaltyFact = DatedFact<'Sentenced' | 'Fined'>;

/** When something may have been decided, by the day in either world; what returns the matter decides nothing. */
export const decisionsBy = ({ book, day }: Evidence): Bounds[] =>
  [
    ...book.of('DecisionRendered').filter(({ data }) => data.outcome !== 'returned'),
    ...book.of('Sentenced'),
    ...book.of('Fined'),
  ]
    .map(({ on }) => on)
    .filter(({ earliest }) => (earliest ?? -Infinity) <= day);

/** The provision a penalty was imposed under, as far as the charge is known by the day: that of its own proceeding, else of its decision's. */
export function provisionOf({ book, day }: Evidence, { data }: PenaltyFact): Provision | undefined {
  const { proceedingId = book.decisions.get(data.decisionId)?.data.proceedingId } = data;
  const charge = proceedingId === undefined ? undefined : book.charges.get(proceedingId);
  return charge && charge.on.latest <= day ? charge.data.provision : undefined;
}

/** The same date a year later, or the last day of February for the 29th. */
function yearAfter(day: Day): Day {
  const [year, month, date] = formatDay(day).split('-').map(Number) as [number, number, number];
  return dayOf(year + 1, month, Math.min(date, daysInMonth(year + 1, month)));
}

/** True if the person had been penalised for the same offence, under whichever code, within the year before. */
export function isRepeated(evidence: Evidence, penalty: PenaltyFact): boolean {
  const family = familyOfPenalty(evidence, penalty);
  if (family === undefined) return false;
  return [...evidence.by('Sentenced'), ...evidence.by('Fined')].some(
    (earlier) =>
      earlier.data.decisionId !== penalty.data.decisionId &&
      earlier.on.latest < penalty.on.latest &&
      penalty.on.latest <= yearAfter(earlier.on.latest) &&
      familyOfPenalty(evidence, earlier) === family,
  );
}

function familyOfPenalty(evidence: Evidence, penalty: PenaltyFact): string | undefined {
  const provision = provisionOf(evidence, penalty);
  return provision && familyOf(evidence.law, provision);
}
