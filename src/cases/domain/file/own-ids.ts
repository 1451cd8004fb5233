import type { Uuid } from '../facts/common.js';
import type { Fact, FactType } from '../facts/facts.js';

/** The facts that bring an id of their own into the case, and the member that carries it. */
const OWN_ID = {
  Arrested: 'detentionId',
  Charged: 'proceedingId',
  HearingScheduled: 'hearingId',
  DecisionRendered: 'decisionId',
  Sentenced: 'penaltyId',
  Fined: 'penaltyId',
  AppealFiled: 'appealId',
  CounselDenied: 'denialId',
  EvidenceAttached: 'evidenceId',
} as const satisfies Partial<Record<FactType, string>>;

type OwnIdName = (typeof OWN_ID)[keyof typeof OWN_ID];

/** Undefined for a fact that only names what others brought. */
export const ownIdNameOf = (type: FactType): OwnIdName | undefined =>
  (OWN_ID as Partial<Record<FactType, OwnIdName>>)[type];

export function ownIdOf(fact: Fact): { name: OwnIdName; id: Uuid } | undefined {
  const name = ownIdNameOf(fact.type);
  return name && { name, id: (fact.data as Record<OwnIdName, Uuid>)[name] };
}
