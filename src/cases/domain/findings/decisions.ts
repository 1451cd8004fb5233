import type { Bounds } from '../dates/bounds.js';
import { dayOf, daysInMonth, formatDay, type Day } from '../dates/day.js';
import type { Provision } from '../facts/proceeding-facts.js';
import { familyOf, maximumFor, type Law, type Maximum } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
import type { DatedFact } from '../timeline/docket.js';
import type { Evidence } from './finding.js';

export type PenaltyFact = DatedFact<'Sentenced' | 'Fined'>;

/** When something may have been decided, in either world; what returns the matter decides nothing. */
export const decisionsIn = (book: Casebook): Bounds[] =>
  [
    ...book.of('DecisionRendered').filter(({ data }) => data.outcome !== 'returned'),
    ...book.of('Sentenced'),
    ...book.of('Fined'),
  ].map(({ on }) => on);

/** The charge a penalty was imposed for: that of its own proceeding, else of its decision's. */
function chargeOf(book: Casebook, { data }: PenaltyFact): DatedFact<'Charged'> | undefined {
  const { proceedingId = book.decisions.get(data.decisionId)?.data.proceedingId } = data;
  return proceedingId === undefined ? undefined : book.charges.get(proceedingId);
}

/** The provision a penalty was imposed under, as far as the charge is known by the day. */
function provisionOf({ book, day }: Evidence, penalty: PenaltyFact): Provision | undefined {
  const charge = chargeOf(book, penalty);
  return charge && charge.on.latest <= day ? charge.data.provision : undefined;
}

/** The most that could be imposed, as far as is known by the day. */
export const maximumOf = (evidence: Evidence, penalty: PenaltyFact): Maximum =>
  maximumFor(evidence.law, provisionOf(evidence, penalty), penalty.on.latest);

/** True if that is so of the most that could be imposed on some day: before the charge is known, or from then on. */
export const isSoOfSomeMaximum = (
  book: Casebook,
  law: Law,
  penalty: PenaltyFact,
  isSo: (most: Maximum) => boolean,
): boolean =>
  isSo(maximumFor(law, undefined, penalty.on.latest)) ||
  isSo(maximumFor(law, chargeOf(book, penalty)?.data.provision, penalty.on.latest));

/** The same date a year later, or the last day of February for the 29th. */
function yearAfter(day: Day): Day {
  const [year, month, date] = formatDay(day).split('-').map(Number) as [number, number, number];
  return dayOf(year + 1, month, Math.min(date, daysInMonth(year + 1, month)));
}

/** True if the person had been penalised for the same offence, under whichever code, within the year before. */
export function isRepeated(evidence: Evidence, penalty: PenaltyFact): boolean {
  const family = familyOfPenalty(evidence, penalty);
  if (family === undefined) return false;
  return [...evidence.book.of('Sentenced'), ...evidence.book.of('Fined')].some(
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
