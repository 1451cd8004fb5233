import type { RecordedFact } from '../../../../src/cases/domain/facts/facts.js';
import { longestRun } from '../../oracle/custody-findings.js';
import { count, walk, type Evidence, type State } from '../../oracle/day-by-day.js';
import { BEFORE_EVERYTHING, type Bounds, type Day } from '../../oracle/days.js';
import { hoursOf, type Pair } from '../../oracle/due-process.js';
import { fineTotals, type FineTotal } from '../../oracle/fines.js';
import { knownFacts, ofType, type Known } from '../../oracle/known.js';
import { governing } from '../../oracle/serving.js';
import { isDecided, statusOf } from '../../oracle/status.js';
import { dateIn, type Sentence, type World } from '../../oracle/world.js';
import { linksOf, type Linked } from './links.js';

/** One thing that a case contributes to the counts. */
export interface Thing {
  on: Bounds;
  linked: Linked;
}

export interface WorldTold {
  /** Each day of custody, and what the detention it is spent in is linked to. The days of an open start are not among them. */
  custody: { day: Day; linked: Linked }[];
  openStart: Linked | null;
  served: { day: Day; days: number; linked: Linked[] }[];
  toServe: { days: number; served: number; sentences: Thing[] }[];
}

/** A case as of one day, as known at one instant, worked out day by day. */
export interface CaseTold {
  caseId: string;
  roles: string[];
  arrests: Thing[];
  charges: (Thing & { provision: string | undefined; pending: boolean; terminated: Day | null })[];
  decisions: (Thing & { outcome: string })[];
  sentences: (Thing & {
    days: number;
    inForce: [narrow: number, wide: number];
    passed: boolean;
    provision?: string;
  })[];
  fines: (Thing & { totals: FineTotal[]; ended: Day | null; provision?: string })[];
  denials: (Thing & { hours: Pair; pretext: string })[];
  conditions: (Thing & { kind: string; hours: number })[];
  narrow: WorldTold;
  wide: WorldTold;
  held: { linked: Linked; unconfirmed: boolean } | null;
  heldPossibly: Linked | null;
  released: { linked: Linked; day: Day; conditional: boolean }[];
  longestRun: number;
}

/** Tells a case on each of some days, without walking through it anew for each. */
export function tellerOf(
  caseId: string,
  recorded: readonly RecordedFact[],
  last: Day,
): (asOf: Day) => CaseTold {
  const known = knownFacts(recorded);
  const walked = { narrow: walk('narrow', known, last), wide: walk('wide', known, last) };
  const on = (world: World, asOf: Day): State => {
    const evidence = walked[world].find(({ day }) => day === asOf);
    return count(evidence ?? (walk(world, known, asOf).at(-1) as Evidence));
  };
  return (asOf) => tell(caseId, known, on('narrow', asOf), on('wide', asOf));
}

const IN_CUSTODY = /^(in_custody_.*|whereabouts_unknown)$/;

function tell(caseId: string, known: readonly Known[], narrow: State, wide: State): CaseTold {
  const links = linksOf(known);
  const { facts } = narrow;
  const chargeOf = (fact: Known<'Sentenced' | 'Fined'>): string | undefined =>
    fact.data.proceedingId ??
    ofType(known, 'DecisionRendered').find(({ data }) => data.decisionId === fact.data.decisionId)?.data
      .proceedingId;
  const provisionOf = (fact: Known<'Sentenced' | 'Fined'>): { provision?: string } => {
    const provision = links.provision(chargeOf(fact));
    return provision === undefined ? {} : { provision };
  };
  const penalty = (fact: Known<'Sentenced' | 'Fined'>): Thing & { provision?: string } => ({
    on: fact.bounds,
    linked: links.proceeding(chargeOf(fact)),
    ...provisionOf(fact),
  });
  const inForce = (state: State, fact: Known): number =>
    state.sentences.find((sentence) => sentence.fact.eventId === fact.eventId)?.days ?? 0;
  const worldTold = (state: State): WorldTold =>
    told(state, links.detention, (sentence) => penalty(sentence.fact));
  const heldIn = (state: State): boolean => IN_CUSTODY.test(statusOf(state, known));
  const supported = (state: State): boolean =>
    state.open === null || (state.confirmedUntil.get(state.open.id) ?? BEFORE_EVERYTHING) >= state.day;
  return {
    caseId,
    roles: [
      ...ofType(known, 'CaseOpened').flatMap(({ data }) => data.person.roles),
      ...ofType(known, 'RoleRecorded').map(({ data }) => data.role),
    ],
    arrests: ofType(facts, 'Arrested').map((fact) => ({ on: fact.bounds, linked: links.arrest(fact) })),
    charges: ofType(facts, 'Charged').map((fact) => ({
      on: fact.bounds,
      linked: links.proceeding(fact.data.proceedingId),
      provision: links.provision(fact.data.proceedingId),
      ...proceeding(fact.data.proceedingId, narrow),
    })),
    decisions: ofType(facts, 'DecisionRendered').map((fact) => ({
      on: fact.bounds,
      linked: links.proceeding(fact.data.proceedingId),
      outcome: outcomeOf(fact, facts),
    })),
    sentences: ofType(wide.facts, 'Sentenced').map((fact) => ({
      ...penalty(fact),
      days: fact.data.days,
      inForce: [inForce(narrow, fact), inForce(wide, fact)],
      passed: facts.includes(fact),
    })),
    fines: ofType(facts, 'Fined').map((fact) => ({ ...penalty(fact), ...fine(fact, facts) })),
    denials: ofType(facts, 'CounselDenied').map((fact) => ({
      on: fact.bounds,
      linked: links.detention(fact.data.detentionId),
      hours: hoursOf(fact),
      pretext: fact.data.pretext ?? 'none',
    })),
    conditions: ofType(facts, 'ConditionReported').map((fact) => ({
      on: fact.bounds,
      linked: links.detention(fact.data.detentionId),
      kind: fact.data.kind,
      hours: fact.data.hours ?? 0,
    })),
    narrow: worldTold(narrow),
    wide: worldTold(wide),
    held:
      heldIn(narrow) && narrow.open
        ? { linked: links.detention(narrow.open.id), unconfirmed: !supported(narrow) || !supported(wide) }
        : null,
    heldPossibly: heldIn(wide) && !heldIn(narrow) && wide.open ? links.detention(wide.open.id) : null,
    released: releases(narrow, links.detention),
    longestRun: longestRun(narrow),
  };
}

function told(
  state: State,
  linked: (detentionId: string) => Linked,
  penalty: (sentence: Sentence) => Thing,
): WorldTold {
  const custody: WorldTold['custody'] = [];
  for (let day = state.start; day < state.day; day++) {
    const detention = governing(day, state.custody);
    if (detention) custody.push({ day, linked: linked(detention.id) });
  }
  const before = governing(BEFORE_EVERYTHING, state.custody);
  return {
    custody,
    openStart: before && linked(before.id),
    served: state.log.map(({ day, days, group }) => ({
      day,
      days,
      linked: group.sentences.map((sentence) => penalty(sentence).linked),
    })),
    toServe: state.groups.map((group) => ({
      days: group.days,
      served: state.log.filter((entry) => entry.group === group).reduce((sum, { days }) => sum + days, 0),
      sentences: group.sentences.map(penalty),
    })),
  };
}

/** Penalties tell what a decision came to, whatever has become of them; without any, its outcome does. */
function outcomeOf({ data }: Known<'DecisionRendered'>, facts: readonly Known[]): string {
  const has = (type: 'Sentenced' | 'Fined'): boolean =>
    ofType(facts, type).some((fact) => fact.data.decisionId === data.decisionId);
  if (has('Sentenced')) return has('Fined') ? 'both' : 'detention_only';
  if (has('Fined')) return 'fine_only';
  return ['terminated', 'acquitted'].includes(data.outcome) ? data.outcome : 'other';
}

function proceeding(id: string, state: State): { pending: boolean; terminated: Day | null } {
  const terminated = ofType(state.facts, 'ProceedingTerminated').filter(
    (fact) => fact.data.proceedingId === id,
  );
  const ended = ofType(state.facts, 'DecisionRendered').filter(
    ({ data }) => data.proceedingId === id && data.outcome === 'terminated',
  );
  const pending = terminated.length === 0 && !isDecided(id, state);
  const days = [...terminated, ...ended].map((fact) => dateIn('narrow', fact));
  return { pending, terminated: pending || days.length === 0 ? null : Math.max(...days) };
}

function fine(fined: Known<'Fined'>, facts: readonly Known[]): { totals: FineTotal[]; ended: Day | null } {
  const changes = ofType(
    facts,
    'FineReduced',
    'FineWithdrawn',
    'PenaltyAnnulled',
    'FinePaid',
    'FineRefunded',
  );
  const own = changes.filter(({ data }) => data.penaltyId === fined.data.penaltyId);
  const ends = ofType(own, 'FineWithdrawn', 'PenaltyAnnulled').map((fact) => dateIn('narrow', fact));
  return { totals: fineTotals([fined, ...own]), ended: ends.length === 0 ? null : Math.min(...ends) };
}

/** The first end of a detention is what ended it; a death ends every other that is open. */
function releases(
  { facts, detentions, day }: State,
  linked: (detentionId: string) => Linked,
): CaseTold['released'] {
  return ofType(facts, 'Released').flatMap((release) => {
    const { detentionId, conditional } = release.data;
    const on = dateIn('narrow', release);
    // Of an arrest that is not recorded, or to come in the narrow world, the end can have come all the same.
    const ends = ofType(facts, 'Released', 'DiedInCustody').filter(
      ({ data }) => data.detentionId === detentionId,
    );
    const first =
      detentions.find(({ id }) => id === detentionId)?.end ??
      Math.min(...ends.map((end) => dateIn('narrow', end)));
    if (first !== on || on > day) return [];
    return [
      { linked: linked(detentionId), day: Number.isFinite(on) ? on : release.bounds.latest, conditional },
    ];
  });
}
