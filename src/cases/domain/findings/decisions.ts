import type { Bounds } from '../dates/bounds.js';
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

/** The provision a penalty was imposed under: that of its own proceeding, else of its decision's. */
export function provisionOf({ by }: Evidence, { data }: PenaltyFact): Provision | undefined {
  const proceedingId =
    data.proceedingId ??
    by('DecisionRendered').find((decision) => decision.data.decisionId === data.decisionId)?.data
      .proceedingId;
  if (proceedingId === undefined) return undefined;
  return by('Charged').find((charge) => charge.data.proceedingId === proceedingId)?.data.provision;
}

const DAYS_OF_A_YEAR = 365;

/** True if the person had been penalised for the same offence, under whichever code, within the year before. */
export function isRepeated(evidence: Evidence, penalty: PenaltyFact): boolean {
  const family = familyOfPenalty(evidence, penalty);
  if (family === undefined) return false;
  return [...evidence.by('Sentenced'), ...evidence.by('Fined')].some(
    (earlier) =>
      earlier.data.decisionId !== penalty.data.decisionId &&
      earlier.on.latest < penalty.on.latest &&
      penalty.on.latest - earlier.on.latest <= DAYS_OF_A_YEAR &&
      familyOfPenalty(evidence, earlier) === family,
  );
}

function familyOfPenalty(evidence: Evidence, penalty: PenaltyFact): string | undefined {
  const provision = provisionOf(evidence, penalty);
  return provision && familyOf(evidence.law, provision);
}
