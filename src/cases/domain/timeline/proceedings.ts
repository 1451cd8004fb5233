import type { FactType } from '../facts/facts.js';
import type { DatedFact } from './docket.js';

/** A charge with everything that has been decided about it. */
export interface Proceeding {
  charge: DatedFact<'Charged'>;
  terminations: DatedFact<'ProceedingTerminated'>[];
  /** What decides it: a decision that does not return it, or a penalty in it. */
  decisions: DatedFact<'DecisionRendered' | 'Sentenced' | 'Fined'>[];
  /** Appeals that sent it back, each with the decision appealed. */
  remittals: { fact: DatedFact<'AppealDecided'>; decisionId: string }[];
}

type Of = <T extends FactType>(type: T) => readonly DatedFact<T>[];

export function proceedingsOf(of: Of): Proceeding[] {
  const byId = new Map<string, Proceeding>();
  const proceedings = of('Charged').map((charge): Proceeding => {
    const proceeding = { charge, terminations: [], decisions: [], remittals: [] };
    byId.set(charge.data.proceedingId, proceeding);
    return proceeding;
  });
  for (const fact of of('ProceedingTerminated')) byId.get(fact.data.proceedingId)?.terminations.push(fact);

  const byDecision = new Map<string, Proceeding>();
  const decided = (fact: Proceeding['decisions'][number]): void => {
    const proceeding = fact.data.proceedingId === undefined ? undefined : byId.get(fact.data.proceedingId);
    if (!proceeding) return;
    proceeding.decisions.push(fact);
    byDecision.set(fact.data.decisionId, proceeding);
  };
  for (const fact of of('DecisionRendered')) if (fact.data.outcome !== 'returned') decided(fact);
  of('Sentenced').forEach(decided);
  of('Fined').forEach(decided);

  const appealed = new Map(of('AppealFiled').map(({ data }) => [data.appealId, data.decisionId]));
  for (const fact of of('AppealDecided')) {
    const decisionId = appealed.get(fact.data.appealId);
    if (fact.data.outcome !== 'annulled_remitted' || decisionId === undefined) continue;
    byDecision.get(decisionId)?.remittals.push({ fact, decisionId });
  }
  return proceedings;
}
