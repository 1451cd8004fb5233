import type { DatedFact } from '../../cases/domain/timeline/docket.js';
import type { Value } from '../content/content.js';
import { code, days, factsOf, fineIn, prose, term, type DossierSource } from './answers.js';

type Told = (Value | undefined)[];

/**
 * What was tried, and what came of it: each appeal with its outcome, then what ended a proceeding or changed a penalty, by day. A
 * court that ends a case is not asked whether anybody had appealed to it.
 */
export function remedies(source: DossierSource): Told {
  const appeals = factsOf(source, 'AppealFiled');
  const decided = factsOf(source, 'AppealDecided');
  const filed = new Set(appeals.map(({ data }) => data.appealId));
  return [
    ...appeals.flatMap((appeal) => [
      ...stepOf('appeal_filed', appeal),
      ...decided.filter(({ data }) => data.appealId === appeal.data.appealId).flatMap(outcomeOf),
    ]),
    ...decided.filter(({ data }) => !filed.has(data.appealId)).flatMap(outcomeOf),
    ...factsOf(
      source,
      'DecisionRendered',
      'ProceedingTerminated',
      'SentenceReduced',
      'FineReduced',
      'PenaltyAnnulled',
      'FineWithdrawn',
    ).flatMap((fact) => resultOf(source, fact)),
  ];
}

const stepOf = (remedy: string, fact: DatedFact): Told => [code('remedy', remedy), days(fact)];

const outcomeOf = (decided: DatedFact<'AppealDecided'>): Told => [
  ...stepOf('appeal_decided', decided),
  code('appeal_outcome', decided.data.outcome),
];

type Result =
  | 'DecisionRendered'
  | 'ProceedingTerminated'
  | 'SentenceReduced'
  | 'FineReduced'
  | 'PenaltyAnnulled'
  | 'FineWithdrawn';

function resultOf(source: DossierSource, fact: DatedFact<Result>): Told {
  switch (fact.type) {
    case 'DecisionRendered': {
      const { outcome } = fact.data;
      return outcome === 'terminated' || outcome === 'acquitted' ? [code('ruling', outcome), days(fact)] : [];
    }
    case 'ProceedingTerminated':
      return [...stepOf('proceeding_terminated', fact), prose(source, fact.data.by)];
    case 'SentenceReduced':
      return [...stepOf('sentence_reduced', fact), term(fact.data.days), prose(source, fact.data.by)];
    case 'FineReduced':
      return [...stepOf('fine_reduced', fact), fineIn(fact.data.amount), prose(source, fact.data.by)];
    case 'PenaltyAnnulled':
      return [...stepOf('penalty_annulled', fact), code('annulled_by', fact.data.by)];
    case 'FineWithdrawn':
      return stepOf('fine_withdrawn', fact);
  }
}
