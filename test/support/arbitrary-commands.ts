import fc, { type Arbitrary } from 'fast-check';
import type { CaseCommand, PenaltyTerms } from '../../src/cases/domain/decide/commands.js';
import type { Money } from '../../src/cases/domain/facts/common.js';
import { APPEAL_OUTCOMES } from '../../src/cases/domain/facts/proceeding-facts.js';
import type { Fact } from '../../src/cases/domain/facts/facts.js';
import { fact, id } from './derived.js';
import { event, OPENED, recording } from './given-when-then.js';

/** Few ids of each kind, and one shared by all, so that commands meet. */
const of = (...labels: string[]): Arbitrary<string> => fc.constantFrom(...labels, 'x').map(id);
const detention = of('d1', 'd2');
const proceeding = of('p1');
const hearing = of('h1');
const decision = of('c1', 'c2');
const penalty = of('s1', 'f1', 'f2');
const appeal = of('a1');
const denial = of('n1');

const at = fc.constantFrom(
  undefined,
  '2020-01-01',
  '2020-01-05',
  '2020-01-10',
  '2020-01',
  '2019-12/2020-01',
  '[..2020-01-05]',
  '[2020-01-05..]',
  '2016-06-30',
  '2016-07-01',
);

export const amount: Arbitrary<Money> = fc.record(
  {
    value: fc.constantFrom('1', '100', '300', '510', '27'),
    currency: fc.constantFrom('BYN', 'BYN', 'BYN', 'BYR', 'USD'),
    qualifier: fc.constantFrom('exact', 'at_least', 'at_most', 'approximate'),
  },
  { requiredKeys: ['value', 'currency'] },
);

const terms: Arbitrary<PenaltyTerms> = fc.oneof(
  fc.record({
    kind: fc.constant('sentence' as const),
    penaltyId: fc.constantFrom(id('s1'), undefined),
    days: fc.nat(20),
  }),
  fc.record({
    kind: fc.constant('fine' as const),
    penaltyId: fc.constantFrom(id('f1'), id('f2')),
    amount: fc.option(amount, { nil: undefined }),
    baseUnits: fc.constantFrom(undefined, 1, 10.5),
    reported: fc.option(fc.array(amount, { maxLength: 2 }), { nil: undefined }),
  }),
);

const record = (type: Parameters<typeof recording>[0], members: Record<string, Arbitrary<unknown>>) =>
  fc.record({ at, ...members }).map((data) => recording(type, data as never));

const text = fc.constant('reason');

/** Whatever a caseworker may ask about the person. */
export const factCommand: Arbitrary<CaseCommand> = fc.oneof(
  record('Arrested', { detentionId: detention }),
  record('CustodyConfirmed', { detentionId: detention }),
  record('Released', { detentionId: detention, basis: fc.constant('early') }),
  record('DiedInCustody', { detentionId: detention, causeStatus: fc.constant('unknown') }),
  record('Charged', {
    proceedingId: proceeding,
    provision: fc.constantFrom(
      undefined,
      { code: 'BY-CoAO-2003', article: '23.34' },
      { code: 'BY-CoAO-2003', article: 'none' },
    ),
  }),
  record('HearingScheduled', { hearingId: hearing, proceedingId: proceeding }),
  record('HearingHeld', { hearingId: hearing }),
  record('AppealFiled', { appealId: appeal, decisionId: decision }),
  record('CounselDenied', { denialId: denial }),
  record('CounselGranted', { denialId: fc.option(denial, { nil: undefined }) }),
  record('SentenceReduced', { penaltyId: penalty, days: fc.integer({ min: 1, max: 20 }), by: text }),
  record('PenaltyAnnulled', { penaltyId: penalty, by: fc.constant('appeal') }),
  fineCommand(penalty),
  fc.record({
    name: fc.constant('RenderDecision' as const),
    data: fc.record({
      at,
      decisionId: fc.option(decision, { nil: undefined }),
      outcome: fc.constant('penalised' as const),
      penalties: fc.array(terms, { maxLength: 2 }),
    }),
  }),
  fc.record({
    name: fc.constant('ImposePenalty' as const),
    data: fc.record({ at, decisionId: fc.option(decision, { nil: undefined }), penalty: terms }),
  }),
  fc.record({
    name: fc.constant('DecideAppeal' as const),
    data: fc.record({
      appealId: appeal,
      outcome: fc.constantFrom(...APPEAL_OUTCOMES),
      penalties: fc.array(
        fc.record(
          { penaltyId: penalty, annulled: fc.boolean(), days: fc.integer({ min: 1, max: 20 }), amount },
          { requiredKeys: ['penaltyId'] },
        ),
        { maxLength: 2 },
      ),
    }),
  }),
);

export function fineCommand(penaltyId: Arbitrary<string>): Arbitrary<CaseCommand> {
  return fc.oneof(
    record('FineReduced', { penaltyId, amount, by: text }),
    record('FinePaid', { penaltyId, amount, by: fc.constant('self') }),
    record('FineRefunded', { penaltyId, amount }),
    record('FineWithdrawn', { penaltyId }),
  );
}

/** What is asked in view of what is recorded, as corrections are. */
export type Asking = (recorded: readonly Fact[]) => CaseCommand;

const changed = fc.record({ at, amount: fc.option(amount, { nil: undefined }) }, { requiredKeys: ['at'] });

const correction: Arbitrary<Asking> = fc.tuple(fc.nat(19), changed).map(([n, change]) => (facts) => {
  const before = { ...facts[n % facts.length]?.data };
  const amountToo = 'amount' in before && change.amount ? { amount: change.amount } : {};
  const data = { ...before, ...amountToo, at: change.at };
  return recording('EventCorrected', { eventId: event(n % facts.length), data, reason: 'misread' });
});

const voidOf = (n: number): CaseCommand =>
  recording('EventVoided', { eventId: event(n), reason: 'duplicate' });

/** Often of what was recorded just now, another void perhaps. */
const voiding: Arbitrary<Asking> = fc.oneof(
  fc.nat(19).map(
    (n): Asking =>
      () =>
        voidOf(n),
  ),
  fc.nat(3).map(
    (n): Asking =>
      (facts) =>
        voidOf(facts.length - 1 - n),
  ),
);

export const asking: Arbitrary<Asking> = fc.oneof(
  {
    arbitrary: factCommand.map(
      (command): Asking =>
        () =>
          command,
    ),
    weight: 16,
  },
  { arbitrary: correction, weight: 3 },
  { arbitrary: voiding, weight: 6 },
  { arbitrary: fc.constant<Asking>(() => recording('CaseClosed', { reason: 'done' })), weight: 1 },
  { arbitrary: fc.constant<Asking>(() => recording('CaseReopened', { reason: 'news' })), weight: 2 },
);

/** A case with one of almost everything, so that what is asked next has something to meet. */
export const FULL_CASE: readonly Fact[] = [
  OPENED,
  fact('Arrested', { detentionId: id('d1'), at: '2020-01' }),
  fact('HearingScheduled', { hearingId: id('h1'), proceedingId: id('p1') }),
  fact('DecisionRendered', { decisionId: id('c1'), outcome: 'penalised', at: '2020-01-05' }),
  fact('Sentenced', { penaltyId: id('s1'), decisionId: id('c1'), days: 15, at: '2020-01-05' }),
  fact('Fined', {
    penaltyId: id('f1'),
    decisionId: id('c1'),
    amount: { value: '510', currency: 'BYN' },
    at: '2020-01-05',
  }),
  fact('AppealFiled', { appealId: id('a1'), decisionId: id('c1') }),
];
