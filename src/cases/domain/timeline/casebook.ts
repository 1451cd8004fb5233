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
  const facts = tightened(docket.facts);
  const byType = Map.groupBy(facts, (fact) => fact.type);
  const of = <T extends FactType>(type: T): readonly DatedFact<T>[] =>
    (byType.get(type) ?? []) as DatedFact<T>[];
  const changes = Map.groupBy(facts.filter(isPenaltyChange), (fact) => fact.data.penaltyId);
  return {
    docket,
    facts,
    of,
    detentions: detentionsOf(facts),
    proceedings: proceedingsOf(of),
    charges: new Map(of('Charged').map((fact) => [fact.data.proceedingId, fact])),
    decisions: new Map(of('DecisionRendered').map((fact) => [fact.data.decisionId, fact])),
    sentences: firstOfEach(of('Sentenced'), (fact) => fact.data.penaltyId).map((fact) => ({
      id: fact.data.penaltyId,
      fact,
      ...pick(changes.get(fact.data.penaltyId), {
        reductions: ['SentenceReduced'],
        annulments: ['PenaltyAnnulled'],
      }),
    })),
    fines: firstOfEach(of('Fined'), (fact) => fact.data.penaltyId).map((fact) => ({
      id: fact.data.penaltyId,
      fact,
      ...pick(changes.get(fact.data.penaltyId), {
        reductions: ['FineReduced'],
        annulments: ['PenaltyAnnulled', 'FineWithdrawn'],
        payments: ['FinePaid'],
        refunds: ['FineRefunded'],
      }),
    })),
  };
}

type PenaltyChangeType =
  'SentenceReduced' | 'FineReduced' | 'PenaltyAnnulled' | 'FineWithdrawn' | 'FinePaid' | 'FineRefunded';

const PENALTY_CHANGES: ReadonlySet<FactType> = new Set<PenaltyChangeType>([
  'SentenceReduced',
  'FineReduced',
  'PenaltyAnnulled',
  'FineWithdrawn',
  'FinePaid',
  'FineRefunded',
]);

const isPenaltyChange = (fact: DatedFact): fact is DatedFact<PenaltyChangeType> =>
  PENALTY_CHANGES.has(fact.type);

type Picked<S extends Record<string, readonly FactType[]>> = { [K in keyof S]: DatedFact<S[K][number]>[] };

function pick<const S extends Record<string, readonly FactType[]>>(
  facts: readonly DatedFact[] | undefined,
  shelves: S,
): Picked<S> {
  const picked = Object.entries(shelves).map(([shelf, types]) => [
    shelf,
    facts?.filter((fact) => types.includes(fact.type)) ?? [],
  ]);
  return Object.fromEntries(picked) as Picked<S>;
}

/** Two files merged into one can hold one id twice; the earlier by date, then by event id, stands for it. */
function firstOfEach<F extends DatedFact>(facts: readonly F[], idOf: (fact: F) => string): F[] {
  const first = new Map<string, F>();
  for (const fact of facts) {
    const other = first.get(idOf(fact));
    if (!other || byDate(fact, other) < 0) first.set(idOf(fact), fact);
  }
  return [...first.values()];
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
function tightened(facts: readonly DatedFact[]): readonly DatedFact[] {
  const narrowed = new Map<DatedFact, Bounds>();
  for (const { arrest, ends } of detentionsOf(facts)) {
    if (!arrest || ends.length === 0) continue;
    const earliest = arrest.on.earliest ?? -Infinity;
    const endedBy = Math.min(arrest.on.latest, ...ends.map(({ on }) => on.latest));
    narrowed.set(arrest, { earliest: arrest.on.earliest, latest: Math.max(endedBy, earliest) });
    for (const end of ends) {
      const from = Math.max(end.on.earliest ?? -Infinity, earliest);
      narrowed.set(end, {
        earliest: from === -Infinity ? null : from,
        latest: Math.max(end.on.latest, earliest),
      });
    }
  }
  if (narrowed.size === 0) return facts;
  return facts.map((fact) => {
    const on = narrowed.get(fact);
    return on ? { ...fact, on } : fact;
  });
}
