import { describe, expect, it } from '@jest/globals';
import { fact, id, recorded } from '../../../../test/support/derived.js';
import {
  CONTEXT,
  event,
  givenCase,
  OPENED,
  outcomeOf,
  recording,
} from '../../../../test/support/given-when-then.js';
import type { Fact } from '../facts/facts.js';
import { fold } from '../file/case-file.js';
import { decide } from './decide.js';

const d1 = id('d1');
const arrested = (at: string) => fact('Arrested', { detentionId: d1, at });
const released = (at: string) =>
  fact('Released', { detentionId: d1, basis: 'early', conditional: false, at });
const correction = (n: number, data: Record<string, unknown>) =>
  fact('EventCorrected', { eventId: event(n), data, reason: 'misread' });
const voiding = (n: number) => fact('EventVoided', { eventId: event(n), reason: 'duplicate' });

const correct = (n: number, data: Record<string, unknown>) =>
  recording('EventCorrected', { eventId: event(n), data, reason: 'misread' });
const voidIt = (n: number) => recording('EventVoided', { eventId: event(n), reason: 'duplicate' });
const cite = (n: number) =>
  recording('SourceCited', {
    eventId: event(n),
    source: { citation: 'press', kind: 'press', confidential: false },
    agrees: true,
  });

describe('a correction', () => {
  it('gives a fact the whole of its new data', () => {
    givenCase(arrested('2019-12-15'))
      .when(correct(1, { detentionId: d1, at: '2019-12-25' }))
      .thenRecorded(correction(1, { detentionId: d1, at: '2019-12-25' }));
  });

  it('keeps the ids of its fact, named or not', () => {
    givenCase(arrested('2019-12-15'))
      .when(correct(1, { at: '2019-12-25' }))
      .thenRecorded(correction(1, { detentionId: d1, at: '2019-12-25' }));
    givenCase(arrested('2019-12-15'))
      .when(correct(1, { detentionId: id('d2') }))
      .thenRefused('ids-are-kept', { pointer: '/body/data/detentionId' });
    givenCase(fact('AppealFiled', { appealId: id('a1'), decisionId: id('c1') }))
      .when(correct(1, { decisionId: id('c2') }))
      .thenRefused('ids-are-kept', { pointer: '/body/data/decisionId' });
  });

  it('may change what a fact is linked to', () => {
    givenCase(fact('Charged', { proceedingId: id('p1'), detentionId: d1 }))
      .when(correct(1, { detentionId: id('d2') }))
      .thenAccepted();
    const granted = fact('CounselGranted', {});
    givenCase(granted)
      .when(correct(1, { denialId: id('n1') }))
      .thenRefused('unknown-denial', { pointer: '/body/data/denialId' });
    givenCase(granted, fact('CounselDenied', { denialId: id('n1') }))
      .when(correct(1, { denialId: id('n1') }))
      .thenAccepted();
  });

  it('has the shape of its fact', () => {
    const file = givenCase(arrested('2019-12-15'), released('2020-01-09'));
    const malformed = (pointer: string) => ({ kind: 'malformed', pointer }) as const;
    file.when(correct(1, { at: '2019-13' })).thenRefused('invalid-date', malformed('/body/data/at'));
    file.when(correct(1, { known: true })).thenRefused('unknown-member', malformed('/body/data/known'));
    file.when(correct(2, {})).thenRefused('missing-field', malformed('/body/data/basis'));
    file.when(correct(2, { basis: 'early' })).thenAccepted();
    file.when(correct(2, { basis: 'luck' })).thenRefused('invalid-field', malformed('/body/data/basis'));
    file
      .when(correct(2, JSON.parse('{"basis":"early","__proto__":{"at":"2020"}}') as Record<string, unknown>))
      .thenRefused('unknown-member', malformed('/body/data/__proto__'));
  });

  it('is held to the rules of a new fact beside all the others', () => {
    const file = givenCase(arrested('2020-01-01'), released('2020-01-09'));
    file.when(correct(2, { basis: 'early', at: '2020-01-01' })).thenAccepted();
    file
      .when(correct(2, { basis: 'early', at: '2019-12-31' }))
      .thenRefused('release-before-arrest', { pointer: '/body/data/at' });
    file.when(correct(1, { at: '2020-01-09' })).thenAccepted();
    file.when(correct(1, { at: '2020-01-10' })).thenRefused('release-before-arrest');
    givenCase(fact('Charged', { proceedingId: id('p1') }))
      .when(correct(1, { provision: { code: 'none', article: '1' } }))
      .thenRefused('unknown-provision', { kind: 'semantic', pointer: '/body/data/provision' });
  });

  it('judges the fact as it stands after earlier corrections, and those of others', () => {
    const file = givenCase(
      arrested('2020-01-01'),
      correction(1, { detentionId: d1, at: '2020-01-05' }),
      released('2020-01-09'),
    );
    file.when(correct(3, { basis: 'early', at: '2020-01-04' })).thenRefused('release-before-arrest');
    file.when(correct(1, { at: '2020-01-02' })).thenAccepted();
  });

  it('is not held to an annulment recorded after its fact', () => {
    const fined = fact('Fined', {
      penaltyId: id('f1'),
      decisionId: id('c1'),
      baseUnits: 20,
      at: '2020-01-10',
    });
    const paid = (value: string, by: 'self' | 'fund') =>
      fact('FinePaid', { penaltyId: id('f1'), amount: { value, currency: 'BYN' }, by, at: '2020-01-20' });
    const annulled = fact('PenaltyAnnulled', { penaltyId: id('f1'), by: 'appeal', at: '2020-02-01' });
    const file = givenCase(fined, paid('540', 'self'), annulled);
    file.when(correct(2, paid('540', 'fund').data as Record<string, unknown>)).thenAccepted();
    file
      .when(correct(2, paid('541', 'fund').data as Record<string, unknown>))
      .thenRefused('payment-above-outstanding');
    // But what was paid of a penalty it must still bear.
    file.when(correct(1, { baseUnits: 10, at: '2020-01-10' })).thenRefused('payment-above-outstanding');
  });

  it('is of a fact of this case that stands, and of no correction, void or merge', () => {
    givenCase(arrested('2020-01-01'))
      .when(correct(7, {}))
      .thenRefused('unknown-event', { pointer: '/body/eventId' });
    givenCase(arrested('2020-01-01'), voiding(1)).when(correct(1, {})).thenRefused('event-voided');
    givenCase(arrested('2020-01-01'), correction(1, { detentionId: d1 }))
      .when(correct(2, {}))
      .thenRefused('not-correctable');
    givenCase(arrested('2020-01-01'), voiding(1)).when(correct(2, {})).thenRefused('not-correctable');
    givenCase(fact('CaseAbsorbed', { caseId: id('case2'), throughRevision: 0, reason: 'same' }))
      .when(correct(1, { reason: 'other' }))
      .thenRefused('not-correctable');
    givenCase()
      .when(correct(0, OPENED.data as unknown as Record<string, unknown>))
      .thenAccepted();
  });

  it('reaches the facts of an absorbed case', () => {
    const theirs = recorded([OPENED, arrested('2020-01-01')]).map((one, i) => ({
      ...one,
      caseId: id('case2'),
      eventId: id(`their${i}`),
    }));
    const absorbed = fact('CaseAbsorbed', { caseId: id('case2'), throughRevision: 1, reason: 'same' });
    const file = fold([...theirs, ...recorded([OPENED, absorbed], '2026-01-02T00:00:00.000Z')]);
    const command = recording('EventCorrected', {
      eventId: id('their1'),
      data: { at: '2020' },
      reason: 'misread',
    });
    expect(decide(file, command, CONTEXT)).toMatchObject([
      { data: { data: { detentionId: d1, at: '2020' } } },
    ]);
  });
});

describe('a citation', () => {
  it('is of a fact of this case that stands', () => {
    givenCase(arrested('2020-01-01')).when(cite(1)).thenAccepted();
    givenCase(arrested('2020-01-01')).when(cite(7)).thenRefused('unknown-event');
    givenCase(arrested('2020-01-01'), voiding(1)).when(cite(1)).thenRefused('event-voided');
  });
});

describe('a void', () => {
  it('is of an event of this case that is not voided, and neither its opening nor a merge', () => {
    const absorbed = fact('CaseAbsorbed', { caseId: id('case2'), throughRevision: 0, reason: 'same' });
    givenCase(arrested('2020-01-01')).when(voidIt(1)).thenRecorded(voiding(1));
    givenCase(arrested('2020-01-01')).when(voidIt(7)).thenRefused('unknown-event');
    givenCase(arrested('2020-01-01'), voiding(1)).when(voidIt(1)).thenRefused('event-voided');
    givenCase(absorbed).when(voidIt(0)).thenRefused('not-voidable');
    givenCase(absorbed).when(voidIt(1)).thenRefused('not-voidable');
  });

  it('of a void lets the fact stand again', () => {
    const file = [arrested('2020-01-01'), voiding(1)];
    givenCase(...file)
      .when(voidIt(2))
      .thenRecorded(voiding(2));
    givenCase(...file, voiding(2))
      .when(voidIt(2))
      .thenRefused('event-voided');
    givenCase(...file, voiding(2))
      .when(voidIt(1))
      .thenAccepted();
  });

  it('of a void is refused when the fact can no longer stand', () => {
    const file = [arrested('2020-01-01'), voiding(1)];
    givenCase(...file, arrested('2020-01-02'))
      .when(voidIt(2))
      .thenRefused('id-already-used');
    const twice = [released('2020-01-05'), voiding(1), released('2020-01-06')];
    givenCase(...twice)
      .when(voidIt(2))
      .thenRefused('already-released');
    givenCase(...file, released('2019-12-31'))
      .when(voidIt(2))
      .thenRefused('release-before-arrest');
    givenCase(...file, released('2020-01-01'))
      .when(voidIt(2))
      .thenAccepted();
  });

  it('of a correction brings back what it replaced, if that can still stand', () => {
    const corrected = [arrested('2020-01-10'), correction(1, { detentionId: d1, at: '2020-01-01' })];
    givenCase(...corrected)
      .when(voidIt(2))
      .thenAccepted();
    givenCase(...corrected, released('2020-01-10'))
      .when(voidIt(2))
      .thenAccepted();
    givenCase(...corrected, released('2020-01-09'))
      .when(voidIt(2))
      .thenRefused('release-before-arrest');
  });

  it('of an arrest leaves its release, which may then stand beside another', () => {
    const facts: Fact[] = [OPENED, arrested('2020-01-01'), released('2020-01-09'), voiding(1)];
    const again = recording('Arrested', { detentionId: d1, at: '2020-01-09' });
    expect(outcomeOf(() => decide(fold(recorded(facts)), again, CONTEXT))).toEqual([arrested('2020-01-09')]);
  });
});

describe('a penalty on which others stand', () => {
  const s1 = id('s1');
  const f1 = id('f1');
  const money = (value: string, currency = 'BYN') => ({ value, currency });
  const decided = fact('DecisionRendered', { decisionId: id('c1'), outcome: 'penalised' });
  const sentenced = fact('Sentenced', { penaltyId: s1, decisionId: id('c1'), days: 15, at: '2020-01-02' });
  const fined = fact('Fined', {
    penaltyId: f1,
    decisionId: id('c1'),
    amount: money('100.00'),
    at: '2020-01-02',
  });

  it('is not corrected to less than it was reduced to', () => {
    const reduced = fact('SentenceReduced', { penaltyId: s1, days: 10, by: 'appeal', at: '2020-01-03' });
    givenCase(decided, sentenced, reduced)
      .when(correct(2, { days: 5, at: '2020-01-02' }))
      .thenRefused('not-a-reduction');
    givenCase(decided, sentenced, reduced)
      .when(correct(2, { days: 11, at: '2020-01-02' }))
      .thenAccepted();
  });

  it('is not corrected to less than was paid of it, nor to another currency', () => {
    const paid = fact('FinePaid', { penaltyId: f1, amount: money('60.00'), by: 'self', at: '2020-01-03' });
    givenCase(decided, fined, paid)
      .when(correct(2, { amount: money('10.00'), at: '2020-01-02' }))
      .thenRefused('payment-above-outstanding');
    givenCase(decided, fined, paid)
      .when(correct(2, { amount: money('100.00', 'USD'), at: '2020-01-02' }))
      .thenRefused('wrong-currency');
    givenCase(decided, fined, paid)
      .when(correct(2, { amount: money('60.00'), at: '2020-01-02' }))
      .thenAccepted();
  });
});
