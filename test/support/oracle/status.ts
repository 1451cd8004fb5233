import type { Uuid } from '../../../src/cases/domain/facts/common.js';
import type { State } from './day-by-day.js';
import type { Day } from './days.js';
import { ofType, type Known } from './known.js';
import { servedOutOn } from './serving.js';
import { dateIn, type Detention } from './world.js';

export type Status =
  | 'deceased'
  | 'whereabouts_unknown'
  | 'in_custody_criminal'
  | 'in_custody_serving'
  | 'in_custody_overdue'
  | 'in_custody_undecided'
  | 'at_liberty_outstanding'
  | 'at_liberty_pending'
  | 'at_liberty_served'
  | 'at_liberty_fined'
  | 'at_liberty'
  | 'not_determinable';

/** `known` holds the facts of all dates: whether an arrest is recorded at all does not depend on the day. */
export function statusOf(state: State, known: readonly Known[]): Status {
  const { facts, open, outstanding } = state;
  if (ofType(facts, 'DiedInCustody').length > 0) return 'deceased';
  if (open) {
    if (isLost(state, open)) return 'whereabouts_unknown';
    if (open.regimeOn(state.day) === 'criminal') return 'in_custody_criminal';
    if (outstanding > 0) return 'in_custody_serving';
    if (!servedOrCredited(state, open)) return 'in_custody_undecided';
    return servedOutOn(state.log) === state.day ? 'in_custody_serving' : 'in_custody_overdue';
  }
  const ended = someCustodyEnded(state, known);
  if (ended || ofType(facts, 'Sentenced').length === 0) {
    if (outstanding > 0) return 'at_liberty_outstanding';
    if (isPending(state)) return 'at_liberty_pending';
    if (state.sentences.length > 0) return 'at_liberty_served';
    if (hasFineInForce(facts)) return 'at_liberty_fined';
  }
  return ended ? 'at_liberty' : 'not_determinable';
}

/** Of a loss and an establishment on one date the loss comes last. */
function isLost({ world, facts }: State, open: Detention): boolean {
  const of = (type: 'WhereaboutsLost' | 'WhereaboutsEstablished'): Day[] =>
    ofType(facts, type)
      .filter((fact) => fact.data.detentionId === open.id)
      .map((fact) => dateIn(world, fact));
  const lost = of('WhereaboutsLost');
  const established = of('WhereaboutsEstablished');
  return lost.some((day) => established.every((found) => found <= day));
}

/** It served days of a sentence, or a credit begins in it. */
const servedOrCredited = (state: Pick<State, 'log' | 'groups'>, detention: Detention): boolean =>
  state.log.some((entry) => entry.detention.id === detention.id) ||
  state.groups.some(
    ({ credit }) => detention.from <= credit && (detention.end === null || credit < detention.end),
  );

/** A release whose arrest is not recorded at all counts as custody ended. */
const someCustodyEnded = ({ facts, detentions }: State, known: readonly Known[]): boolean =>
  detentions.some(({ end }) => end !== null) ||
  ofType(facts, 'Released').some((release) => !isArrestRecorded(release.data.detentionId, known));

export const isArrestRecorded = (detentionId: Uuid, known: readonly Known[]): boolean =>
  ofType(known, 'Arrested').some((arrest) => arrest.data.detentionId === detentionId);

function hasFineInForce(facts: readonly Known[]): boolean {
  const ended = new Set(ofType(facts, 'FineWithdrawn', 'PenaltyAnnulled').map((fact) => fact.data.penaltyId));
  return ofType(facts, 'Fined').some((fine) => !ended.has(fine.data.penaltyId));
}

function isPending(state: State): boolean {
  const { facts } = state;
  const decidedAppeals = new Set(ofType(facts, 'AppealDecided').map((appeal) => appeal.data.appealId));
  if (ofType(facts, 'AppealFiled').some((appeal) => !decidedAppeals.has(appeal.data.appealId))) return true;
  const terminated = new Set(ofType(facts, 'ProceedingTerminated').map((fact) => fact.data.proceedingId));
  return ofType(facts, 'Charged').some(
    ({ data }) => !terminated.has(data.proceedingId) && !isDecided(data.proceedingId, state),
  );
}

interface Deciding {
  decisionId: Uuid;
  date: Day;
}

/** Decided, and since every remittal decided anew by another decision. */
export function isDecided(proceedingId: Uuid, state: State): boolean {
  const decisions = decisionsOf(proceedingId, state);
  const deciding = decisions.filter(({ decisionId }) => !wasReturned(decisionId, state.facts));
  const remittals = ofType(state.facts, 'AppealDecided').flatMap((decided) => {
    if (decided.data.outcome !== 'annulled_remitted') return [];
    const filed = ofType(state.facts, 'AppealFiled').find((f) => f.data.appealId === decided.data.appealId);
    const ours = decisions.some(({ decisionId }) => decisionId === filed?.data.decisionId);
    return filed && ours ? [{ decisionId: filed.data.decisionId, date: dateIn(state.world, decided) }] : [];
  });
  return (
    deciding.length > 0 &&
    remittals.every((remittal) =>
      deciding.some(({ decisionId, date }) => decisionId !== remittal.decisionId && date >= remittal.date),
    )
  );
}

const wasReturned = (decisionId: Uuid, facts: readonly Known[]): boolean =>
  ofType(facts, 'DecisionRendered').some(
    ({ data }) => data.decisionId === decisionId && data.outcome === 'returned',
  );

/** The decisions in a proceeding: those that name it, and those a penalty of which names it. */
const decisionsOf = (proceedingId: Uuid, { facts, world }: State): Deciding[] =>
  ofType(facts, 'DecisionRendered', 'Sentenced', 'Fined')
    .filter((fact) => fact.data.proceedingId === proceedingId)
    .map((fact) => ({ decisionId: fact.data.decisionId, date: dateIn(world, fact) }));
