import fc from 'fast-check';
import { REGIMES, RELEASE_BASES } from '../../../src/cases/domain/facts/custody-facts.js';
import { CONDITION_KINDS } from '../../../src/cases/domain/facts/due-process-facts.js';
import { APPEAL_OUTCOMES, OUTCOMES, RUNS } from '../../../src/cases/domain/facts/proceeding-facts.js';
import { circumstances, dates, sources, THE_NEW_CODE, type Era } from './arbitrary-dates.js';
import { CHANGE_TYPES, ids, type FinePlan, type PenaltyPlan, type Plan } from './plans.js';
import { READER } from './reader.js';

type Data = Record<string, unknown>;

const withoutUndefined = <T extends object>(data: T): T =>
  Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) as T;

const one = <T>(arbitrary: fc.Arbitrary<T>, absentTimes: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: absentTimes, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const often = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => one(arbitrary, 1);
const rarely = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => one(arbitrary, 5);

const pick = fc.nat(7);
const detentionId = fc.constantFrom(0, 0, 1, 1, 2).map(ids.detention);
const proceedingId = fc.constantFrom(0, 0, 1).map(ids.proceeding);
const DAYS = fc.constantFrom(15, 3, 5, 1, 10, 16, 25, 30, 31);

export const fines: fc.Arbitrary<FinePlan> = fc
  .record({
    units: fc.constantFrom(10, 20, 50, 51, 101, 201, 2.5),
    odd: fc.boolean(),
    as: fc.constantFrom('amount', 'baseUnits', 'both', 'reported'),
    qualifier: rarely(fc.constantFrom('exact', 'at_least', 'at_most', 'approximate')),
    reportedIn: fc.array(fc.constantFrom('USD', 'EUR', 'local'), { minLength: 1, maxLength: 3 }),
  })
  .map((plan) => withoutUndefined(plan) as FinePlan);

const penalties = (era: Era): fc.Arbitrary<PenaltyPlan> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('sentence' as const),
        id: fc.nat(9),
        data: fc
          .record({
            days: DAYS,
            runs: often(fc.constantFrom(...RUNS)),
            creditedFrom: rarely(dates(era)),
            claimed: rarely(
              fc
                .record({
                  ordinal: often(fc.integer({ min: 1, max: 3 })),
                  cumulativeDays: often(fc.constantFrom(15, 18, 20, 30, 45)),
                })
                .map(withoutUndefined),
            ),
          })
          .map(withoutUndefined),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('fine' as const),
        id: fc.nat(9),
        fine: fines,
      }),
    },
  ) as fc.Arbitrary<PenaltyPlan>;

const fact = (type: string, data: { [key: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<object> =>
  fc.record({
    plan: fc.constant('fact'),
    type: fc.constant(type),
    data: fc.record(data).map((made) => withoutUndefined<Data>(made)),
  });

const custody = (type: string, data: { [key: string]: fc.Arbitrary<unknown> } = {}): fc.Arbitrary<object> =>
  fact(type, { detentionId, ...data });

const provisions = (era: Era): fc.Arbitrary<object> =>
  era === THE_NEW_CODE
    ? fc.constantFrom(
        { code: 'BY-CoAO-2021', article: '24.23' },
        { code: 'BY-CoAO-2003', article: '23.34' },
        { code: 'BY-CoAO-2021', article: '24.3' },
      )
    : fc.constantFrom({ code: 'BY-CoAO-2003', article: '23.34' }, { code: 'BY-CoAO-2003', article: '23.4' });

const COLLEAGUES = [1, 2, 3].map((n) => `0197c5a0-0000-7000-8000-00000000000${n}`);
/** Whoever compares what is answered has to see all of it. */
const restrictedTo = fc.subarray(COLLEAGUES).map((some) => [READER, ...some]);

const administrative = fc.oneof(
  fact('NoteAdded', { text: fc.constant('a note') }),
  fact('RoleRecorded', { role: fc.constant('journalist') }),
  fact('ConsentRecorded', { scope: fc.constant('dossier'), by: fc.constant('family') }),
  fact('CaseRestricted', {
    to: restrictedTo,
    reason: fc.constant('a relative works here'),
  }),
  fact('CaseUnrestricted', {}),
);

const custodyPlans = (): fc.WeightedArbitrary<object>[] => [
  { weight: 8, arbitrary: custody('Arrested', { regime: rarely(fc.constantFrom(...REGIMES)) }) },
  {
    weight: 5,
    arbitrary: custody('Released', {
      basis: fc.constantFrom(...RELEASE_BASES),
      conditional: fc.constant(false),
    }),
  },
  { weight: 1, arbitrary: custody('DiedInCustody', { causeStatus: fc.constant('unknown') }) },
  { weight: 2, arbitrary: custody('CustodyRegimeChanged', { regime: fc.constantFrom(...REGIMES) }) },
  { weight: 2, arbitrary: custody('CustodyConfirmed') },
  { weight: 1, arbitrary: custody('Transferred', { facility: fc.constant('another place') }) },
  { weight: 1, arbitrary: custody('WhereaboutsLost') },
  { weight: 1, arbitrary: custody('WhereaboutsEstablished') },
];

const proceedingPlans = (era: Era): fc.WeightedArbitrary<object>[] => [
  {
    weight: 3,
    arbitrary: fact('Charged', {
      proceedingId,
      detentionId: often(detentionId),
      provision: often(provisions(era)),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      plan: fc.constant('decision'),
      id: fc.nat(9),
      proceedingId: often(proceedingId),
      outcome: fc.oneof(
        { weight: 5, arbitrary: fc.constant('penalised') },
        { weight: 1, arbitrary: fc.constantFrom(...OUTCOMES) },
      ),
      penalties: fc.oneof(
        { weight: 4, arbitrary: fc.array(penalties(era), { minLength: 1, maxLength: 1 }) },
        { weight: 1, arbitrary: fc.array(penalties(era), { maxLength: 3 }) },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ plan: fc.constant('penalty'), decision: pick, penalty: penalties(era) }),
  },
  { weight: 1, arbitrary: fact('ProceedingTerminated', { proceedingId, by: fc.constant('court') }) },
  { weight: 1, arbitrary: fact('HearingScheduled', { hearingId: fc.nat(2).map(ids.hearing), proceedingId }) },
  {
    weight: 1,
    arbitrary: fc.record({
      plan: fc.constant('hearing held'),
      hearing: pick,
      counselPresent: often(fc.boolean()),
    }),
  },
  { weight: 1, arbitrary: fc.record({ plan: fc.constant('appeal'), id: fc.nat(2), decision: pick }) },
  {
    weight: 1,
    arbitrary: fc.record({
      plan: fc.constant('appeal decided'),
      appeal: pick,
      outcome: fc.constantFrom(...APPEAL_OUTCOMES, 'annulled_remitted'),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      plan: fc.constant('change'),
      type: fc.constantFrom(...CHANGE_TYPES),
      penalty: pick,
      units: fc.constantFrom(1, 5, 10, 20),
      currency: pick,
      days: fc.constantFrom(10, 3, 1, 20),
    }),
  },
];

const hours = fc.constantFrom(24, 48, 49, 72);

const dueProcessPlans = (era: Era): fc.WeightedArbitrary<object>[] => [
  {
    weight: 2,
    arbitrary: fact('CounselDenied', {
      denialId: fc.nat(3).map(ids.denial),
      detentionId: often(detentionId),
      until: often(dates(era)),
      duration: often(
        fc.oneof(
          hours.map((atLeastHours) => ({ atLeastHours })),
          hours.map((atMostHours) => ({ atMostHours })),
          hours.map((both) => ({ atLeastHours: both, atMostHours: both })),
        ),
      ),
    }),
  },
  { weight: 1, arbitrary: fact('CounselGranted', { detentionId: often(detentionId) }) },
  {
    weight: 1,
    arbitrary: fact('ConditionReported', {
      detentionId: often(detentionId),
      kind: fc.constantFrom(...CONDITION_KINDS),
      hours: often(fc.constantFrom(36, 12)),
      reportedBy: fc.constant('detainee'),
    }),
  },
];

/** `back` picks among what is recorded so far, the last first. */
const correctionPlans = (era: Era): fc.WeightedArbitrary<object>[] => [
  {
    weight: 3,
    arbitrary: fc.record({
      plan: fc.constant('correction'),
      back: pick,
      days: DAYS,
      regime: fc.constantFrom(...REGIMES),
    }),
  },
  { weight: 3, arbitrary: fc.record({ plan: fc.constant('void'), back: pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      plan: fc.constant('citation'),
      back: pick,
      source: sources(era),
      agrees: fc.boolean(),
    }),
  },
];

export const plans = (era: Era): fc.Arbitrary<Plan> =>
  fc
    .tuple(
      fc.oneof(...custodyPlans(), ...proceedingPlans(era), ...dueProcessPlans(era), ...correctionPlans(era), {
        weight: 1,
        arbitrary: administrative,
      }),
      circumstances(era),
      fc.constantFrom(0, 1, 5, 24, 24 * 40),
    )
    .map(([plan, when, hoursLater]) => withoutUndefined({ ...plan, when, hoursLater }) as Plan);
