import type { Bounds } from '../dates/bounds.js';
import type { FactType } from '../facts/facts.js';
import type { DatedFact, Docket } from './docket.js';
import { proceedingsOf, type Proceeding } from './proceedings.js';

/** One stay in custody with the facts that make it; its arrest and its ends are tightened against each other. */
export interface Detention {
  id: string;
  /** Absent where only later facts name it. */
  arrest?: DatedFact<'Arrested'>;
  ends: DatedFact<EndType>[];
  regimeChanges: DatedFact<'CustodyRegimeChanged'>[];
  whereabouts: DatedFact<'WhereaboutsLost' | 'WhereaboutsEstablished'>[];
  /** Every fact that names it but its ends. */
  naming: DatedFact[];
}

export type EndType = 'Released' | 'DiedInCustody';

export interface Sentence {
  id: string;
  fact: DatedFact<'Sentenced'>;
  reductions: DatedFact<'SentenceReduced'>[];
  annulments: DatedFact<'PenaltyAnnulled'>[];
}

export interface Fine {
  id: string;
  fact: DatedFact<'Fined'>;
  reductions: DatedFact<'FineReduced'>[];
  annulments: DatedFact<'PenaltyAnnulled' | 'FineWithdrawn'>[];
  payments: DatedFact<'FinePaid'>[];
  refunds: DatedFact<'FineRefunded'>[];
}

/** A docket with its facts brought together by what they are about. Knows no date of asking. */
export interface Casebook {
  docket: Docket;
  /** In record order, with the dates of arrests and ends tightened. */
  facts: readonly DatedFact[];
  detentions: Detention[];
  sentences: Sentence[];
  fines: Fine[];
  proceedings: Proceeding[];
  charges: ReadonlyMap<string, DatedFact<'Charged'>>;
  decisions: ReadonlyMap<string, DatedFact<'DecisionRendered'>>;
  of: <T extends FactType>(type: T) => readonly DatedFact<T>[];
}

export function casebookOf(docket: Docket): Casebook {
  const untightened = detentionsOf(docket.facts);
  const facts = tightened(docket.facts, untightened);
  const byType = Map.groupBy(facts, (fact) => fact.type);
  const of = <T extends FactType>(type: T): readonly DatedFact<T>[] =>
    (byType.get(type) ?? NONE) as readonly DatedFact<T>[];
  return {
    docket,
    facts,
    of,
    detentions: facts === docket.facts ? untightened : detentionsOf(facts),
    proceedings: proceedingsOf(of),
    charges: new Map(of('Charged').map((fact) => [fact.data.proceedingId, fact])),
    decisions: new Map(of('DecisionRendered').map((fact) => [fact.data.decisionId, fact])),
    sentences: sentencesOf(of),
    fines: finesOf(of),
  };
}

const NONE: readonly DatedFact[] = [];

function sentencesOf(of: Casebook['of']): Sentence[] {
  const sentences = firstOfEach(of('Sentenced'), (fact): Sentence => ({
    id: fact.data.penaltyId,
    fact,
    reductions: [],
    annulments: [],
  }));
  for (const fact of of('SentenceReduced')) sentences.get(fact.data.penaltyId)?.reductions.push(fact);
  for (const fact of of('PenaltyAnnulled')) sentences.get(fact.data.penaltyId)?.annulments.push(fact);
  return [...sentences.values()];
}

function finesOf(of: Casebook['of']): Fine[] {
  const fines = firstOfEach(of('Fined'), (fact): Fine => ({
    id: fact.data.penaltyId,
    fact,
    reductions: [],
    annulments: [],
    payments: [],
    refunds: [],
  }));
  for (const fact of of('FineReduced')) fines.get(fact.data.penaltyId)?.reductions.push(fact);
  for (const fact of of('PenaltyAnnulled')) fines.get(fact.data.penaltyId)?.annulments.push(fact);
  for (const fact of of('FineWithdrawn')) fines.get(fact.data.penaltyId)?.annulments.push(fact);
  for (const fact of of('FinePaid')) fines.get(fact.data.penaltyId)?.payments.push(fact);
  for (const fact of of('FineRefunded')) fines.get(fact.data.penaltyId)?.refunds.push(fact);
  return [...fines.values()];
}

/** Two files merged into one can hold one id twice; the earlier by date, then by event id, stands for it. */
function firstOfEach<F extends DatedFact<'Sentenced' | 'Fined'>, Penalty extends { fact: F }>(
  facts: readonly F[],
  penaltyOf: (fact: F) => Penalty,
): Map<string, Penalty> {
  const first = new Map<string, Penalty>();
  for (const fact of facts) {
    const other = first.get(fact.data.penaltyId);
    if (!other || byDate(fact, other.fact) < 0) first.set(fact.data.penaltyId, penaltyOf(fact));
  }
  return first;
}

const byDate = (a: DatedFact, b: DatedFact): number =>
  open(a) - open(b) || a.on.latest - b.on.latest || (a.eventId < b.eventId ? -1 : 1);
const open = (fact: DatedFact): number => fact.on.earliest ?? -1e9;

function detentionsOf(facts: readonly DatedFact[]): Detention[] {
  const detentions = new Map<string, Detention>();
  for (const fact of facts) {
    const id = (fact.data as { detentionId?: string }).detentionId;
    if (id === undefined) continue;
    let detention = detentions.get(id);
    if (!detention) {
      detention = { id, ends: [], regimeChanges: [], whereabouts: [], naming: [] };
      detentions.set(id, detention);
    }
    place(fact, detention);
  }
  return [...detentions.values()];
}

function place(fact: DatedFact, detention: Detention): void {
  if (fact.type === 'Released' || fact.type === 'DiedInCustody') {
    detention.ends.push(fact);
    return;
  }
  detention.naming.push(fact);
  if (fact.type === 'CustodyRegimeChanged') detention.regimeChanges.push(fact);
  if (fact.type === 'WhereaboutsLost' || fact.type === 'WhereaboutsEstablished') {
    detention.whereabouts.push(fact);
  }
  if (fact.type === 'Arrested' && (!detention.arrest || byDate(fact, detention.arrest) < 0)) {
    detention.arrest = fact;
  }
}

/** An end is not earlier than its arrest's earliest day, an arrest not later than its end's latest. */
function tightened(facts: readonly DatedFact[], detentions: readonly Detention[]): readonly DatedFact[] {
  const narrowed = new Map<DatedFact, Bounds>();
  const narrow = (fact: DatedFact, earliest: number, latest: number): void => {
    const on = { earliest: earliest === -Infinity ? null : earliest, latest };
    if (on.earliest !== fact.on.earliest || on.latest !== fact.on.latest) narrowed.set(fact, on);
  };
  for (const { arrest, ends } of detentions) {
    if (!arrest || ends.length === 0) continue;
    const earliest = arrest.on.earliest ?? -Infinity;
    let latest = arrest.on.latest;
    for (const end of ends) {
      latest = Math.min(latest, end.on.latest);
      narrow(end, Math.max(end.on.earliest ?? -Infinity, earliest), Math.max(end.on.latest, earliest));
    }
    narrow(arrest, earliest, Math.max(latest, earliest));
  }
  if (narrowed.size === 0) return facts;
  return facts.map((fact) => {
    const on = narrowed.get(fact);
    return on ? { ...fact, on } : fact;
  });
}
