import type { Money } from '../../../src/cases/domain/facts/common.js';
import type { FactType, RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { showDay, type Day } from './days.js';
import { knownFacts, ofType } from './known.js';
import { asFine, reducedOrPaidIn } from './money-plans.js';
import { ids, type PenaltyPlan, type Plan } from './plans.js';

const CASE_ID = '00000000-0000-4000-8000-000000000000';

type Draft = [type: string, data: Record<string, unknown>];

/**
 * Records the plans one after another, as the service would: what it would refuse is left out, all of one
 * plan or nothing of it.
 * @param firstRecorded the day the case was opened; the hours of each plan are added up from there
 */
export function assemble(plans: readonly Plan[], firstRecorded: Day): RecordedFact[] {
  let time = Date.parse(`${showDay(firstRecorded)}T20:30:00.000Z`);
  let recorded: RecordedFact[] = record(
    [],
    [['CaseOpened', { person: { names: [{ form: 'N. N.' }], roles: ['protester'] } }]],
    time,
  );
  for (const plan of plans) {
    time += plan.hoursLater * 3_600_000;
    const next = record(recorded, draftsOf(plan, recorded), time);
    if (isAcceptable(next)) recorded = next;
  }
  return recorded;
}

function record(before: readonly RecordedFact[], drafts: readonly Draft[], time: number): RecordedFact[] {
  const facts = [...before];
  for (const [type, data] of drafts) {
    facts.push({
      type,
      data,
      eventId: `0000000f-0000-4000-8000-${String(facts.length).padStart(12, '0')}`,
      caseId: CASE_ID,
      revision: facts.length,
      recordedAt: new Date(time).toISOString(),
      recordedBy: 'p',
    } as RecordedFact);
  }
  return facts;
}

const choose = <T>(n: number, from: readonly T[]): T | undefined => from[n % Math.max(1, from.length)];

const ofKind = <T extends FactType>(recorded: readonly RecordedFact[], type: T): RecordedFact<T>[] =>
  recorded.filter((fact) => fact.type === type) as RecordedFact<T>[];

function draftsOf(plan: Plan, recorded: readonly RecordedFact[]): Draft[] {
  const { when } = plan;
  switch (plan.plan) {
    case 'fact':
      return [[plan.type, { ...plan.data, ...when }]];
    case 'decision': {
      const shared = {
        ...when,
        decisionId: ids.decision(plan.id),
        ...optional('proceedingId', plan.proceedingId),
      };
      const penalties = plan.outcome === 'penalised' ? plan.penalties : [];
      return [
        ['DecisionRendered', { ...shared, outcome: plan.outcome }],
        ...penalties.map((penalty) => penaltyDraft(penalty, shared, recorded)),
      ];
    }
    case 'penalty': {
      const decision = choose(plan.decision, ofKind(recorded, 'DecisionRendered'));
      if (decision?.data.outcome !== 'penalised') return [];
      const { decisionId, proceedingId } = decision.data;
      return [
        penaltyDraft(
          plan.penalty,
          { ...when, decisionId, ...optional('proceedingId', proceedingId) },
          recorded,
        ),
      ];
    }
    case 'change':
      return changeDrafts(plan, recorded);
    case 'hearing held':
    case 'appeal':
    case 'appeal decided':
      return proceedingDrafts(plan, recorded);
    case 'correction':
      return correctionDrafts(plan, recorded);
    case 'void': {
      const eventId = targetOf(plan.back, recorded)?.eventId;
      return eventId === undefined ? [] : [['EventVoided', { eventId, reason: 'entered_in_error' }]];
    }
    case 'citation': {
      const eventId = targetOf(plan.back, recorded)?.eventId;
      const { source, agrees } = plan;
      return eventId === undefined ? [] : [['SourceCited', { eventId, source, agrees }]];
    }
    default:
      return plan satisfies never;
  }
}

/** The opening of the case itself is left as it is. */
function targetOf(back: number, recorded: readonly RecordedFact[]): RecordedFact | undefined {
  const target = recorded.at(-1 - (back % recorded.length));
  return target?.type === 'CaseOpened' ? undefined : target;
}

type ProceedingPlan = Plan & { plan: 'hearing held' | 'appeal' | 'appeal decided' };

function proceedingDrafts(plan: ProceedingPlan, recorded: readonly RecordedFact[]): Draft[] {
  const { when } = plan;
  const decisionAt = (n: number): string | undefined =>
    choose(n, ofKind(recorded, 'DecisionRendered'))?.data.decisionId;
  if (plan.plan === 'hearing held') {
    const hearingId = choose(plan.hearing, ofKind(recorded, 'HearingScheduled'))?.data.hearingId;
    if (hearingId === undefined) return [];
    return [['HearingHeld', { ...when, hearingId, ...optional('counselPresent', plan.counselPresent) }]];
  }
  if (plan.plan === 'appeal') {
    const decisionId = decisionAt(plan.decision);
    if (decisionId === undefined) return [];
    return [['AppealFiled', { ...when, appealId: ids.appeal(plan.id), decisionId }]];
  }
  const filed = choose(plan.appeal, ofKind(recorded, 'AppealFiled'))?.data.appealId;
  const decisionId = decisionAt(plan.appeal);
  if (filed === undefined && decisionId === undefined) return [];
  const appealId = filed ?? ids.appeal(3);
  const decided: Draft = ['AppealDecided', { ...when, appealId, outcome: plan.outcome }];
  return filed === undefined ? [['AppealFiled', { ...when, appealId, decisionId }], decided] : [decided];
}

const optional = (key: string, value: unknown): object => (value === undefined ? {} : { [key]: value });

function penaltyDraft(penalty: PenaltyPlan, shared: object, recorded: readonly RecordedFact[]): Draft {
  const data = { ...shared, penaltyId: ids.penalty(penalty.id) };
  if (penalty.kind === 'sentence') return ['Sentenced', { ...data, ...penalty.data }];
  return ['Fined', { ...data, ...asFine(penalty.fine, shared, recorded.length) }];
}

function changeDrafts(plan: Plan & { plan: 'change' }, recorded: readonly RecordedFact[]): Draft[] {
  const ofSentence =
    plan.type === 'SentenceReduced' || (plan.type === 'PenaltyAnnulled' && plan.penalty % 2 === 0);
  const penalty = choose(
    plan.penalty,
    recorded.filter(({ type }) => type === (ofSentence ? 'Sentenced' : 'Fined')),
  ) as RecordedFact<'Sentenced' | 'Fined'> | undefined;
  if (!penalty) return [];
  const data = { ...plan.when, penaltyId: penalty.data.penaltyId };
  if (plan.type === 'SentenceReduced') return [[plan.type, { ...data, days: plan.days, by: 'appeal' }]];
  if (plan.type === 'PenaltyAnnulled') return [[plan.type, { ...data, by: 'review' }]];
  if (plan.type === 'FineWithdrawn') return [[plan.type, data]];
  const amount: Money = reducedOrPaidIn(penalty as RecordedFact<'Fined'>, plan, recorded);
  const by = { FineReduced: { by: 'appeal' }, FinePaid: { by: 'fund' }, FineRefunded: {} }[plan.type];
  return [[plan.type, { ...data, amount, ...by }]];
}

/** The same fact with another date and other sources, and other days or another regime where it has them. */
function correctionDrafts(plan: Plan & { plan: 'correction' }, recorded: readonly RecordedFact[]): Draft[] {
  const target = targetOf(plan.back, recorded);
  const standing = knownFacts(recorded).some(({ eventId }) => eventId === target?.eventId);
  if (!target || !standing) return [];
  const { at: _at, sources: _sources, ...kept } = target.data;
  const data = {
    ...kept,
    ...plan.when,
    ...('days' in kept ? { days: plan.days } : {}),
    ...('regime' in kept ? { regime: plan.regime } : {}),
  };
  return [['EventCorrected', { eventId: target.eventId, data, reason: 'misread' }]];
}

const CREATED: Record<string, string> = {
  Arrested: 'detentionId',
  Released: 'detentionId',
  DiedInCustody: 'detentionId',
  Charged: 'proceedingId',
  DecisionRendered: 'decisionId',
  Sentenced: 'penaltyId',
  Fined: 'penaltyId',
  HearingScheduled: 'hearingId',
  AppealFiled: 'appealId',
  AppealDecided: 'appealId',
  CounselDenied: 'denialId',
};

/** No id stands for two facts at once, and no detention ends before it can have begun. */
function isAcceptable(recorded: readonly RecordedFact[]): boolean {
  const known = knownFacts(recorded);
  const used = new Set<string>();
  for (const { type, data } of known) {
    const member = CREATED[type];
    if (member === undefined) continue;
    const kind = type === 'Fined' ? 'Sentenced' : type;
    const use = `${kind} ${String((data as unknown as Record<string, unknown>)[member])}`;
    if (used.has(use)) return false;
    used.add(use);
  }
  return ofType(known, 'Released', 'DiedInCustody').every((end) =>
    ofType(known, 'Arrested').every(
      (arrest) => arrest.data.detentionId !== end.data.detentionId || end.said.latest >= arrest.said.earliest,
    ),
  );
}
