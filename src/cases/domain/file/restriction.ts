import type { Uuid } from '../facts/common.js';
import type { FactType, RecordedFact } from '../facts/facts.js';

const RESTRICTING: ReadonlySet<FactType> = new Set<FactType>([
  'CaseRestricted',
  'CaseUnrestricted',
  // While it was merged, the restriction of the case that held it was its own.
  'CaseUnmerged',
]);

/**
 * The principals that a case is restricted to; undefined: it is not restricted. The last word in its own stream counts: none of
 * these facts is ever corrected or voided. `recorded` is in record order.
 */
export function readersIn(
  caseId: Uuid | undefined,
  recorded: readonly RecordedFact[],
): readonly Uuid[] | undefined {
  const last = recorded.findLast((fact) => fact.caseId === caseId && RESTRICTING.has(fact.type));
  if (last?.type === 'CaseRestricted') return last.data.to;
  return last?.type === 'CaseUnmerged' ? last.data.restrictedTo : undefined;
}

/** Whether a caseworker may know of the case. */
export const isOpenTo = (principalId: string, readers: readonly Uuid[] | undefined): boolean =>
  readers === undefined || readers.includes(principalId);

/** Whether two cases are open to the same. */
export function sameReaders(one: readonly Uuid[] | undefined, other: readonly Uuid[] | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((principalId) => other.includes(principalId));
}
