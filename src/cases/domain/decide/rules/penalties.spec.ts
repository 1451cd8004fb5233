import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../../test/support/derived.js';
import { event, givenCase, recording } from '../../../../../test/support/given-when-then.js';

const at = '2020-01-10';
const BYN = (value: string) => ({ value, currency: 'BYN' });
const sentenced = fact('Sentenced', { penaltyId: id('s1'), decisionId: id('c1'), days: 15, at });
const fined = fact('Fined', { penaltyId: id('f1'), decisionId: id('c1'), amount: BYN('510.00'), at });
const annulled = (penaltyId: string) =>
  fact('PenaltyAnnulled', { penaltyId, by: 'appeal', at: '2020-03-01' });
const withdrawn = fact('FineWithdrawn', { penaltyId: id('f1'), at: '2020-02-20' });
const paid = fact('FinePaid', { penaltyId: id('f1'), amount: BYN('100.00'), by: 'fund', at: '2020-02-01' });

const shorten = (penaltyId: string, days: number) =>
  recording('SentenceReduced', { penaltyId, days, by: 'appeal', at: '2020-02-01' });
const lower = (penaltyId: string) =>
  recording('FineReduced', { penaltyId, amount: BYN('100.00'), by: 'appeal', at: '2020-02-01' });
const annul = (penaltyId: string) =>
  recording('PenaltyAnnulled', { penaltyId, by: 'review', at: '2020-02-01' });
const withdraw = (penaltyId: string) => recording('FineWithdrawn', { penaltyId, at: '2020-02-01' });
const pay = (penaltyId: string) =>
  recording('FinePaid', { penaltyId, amount: BYN('100.00'), by: 'self', at: '2020-02-01' });
const refund = (penaltyId: string, value = '100.00') =>
  recording('FineRefunded', { penaltyId, amount: BYN(value), at: '2020-02-01' });

describe('a change to a penalty', () => {
  it.each([
    shorten(id('s9'), 10),
    ...[lower, annul, withdraw, pay, refund].map((change) => change(id('s9'))),
  ])('names one that is recorded (%#)', (change) =>
    givenCase(sentenced, fined).when(change).thenRefused('unknown-penalty'),
  );

  it('is one of days for a sentence, and of money for a fine', () => {
    givenCase(sentenced, fined)
      .when(shorten(id('s1'), 10))
      .thenAccepted();
    givenCase(sentenced, fined)
      .when(shorten(id('f1'), 10))
      .thenRefused('not-a-sentence');
    givenCase(sentenced, fined)
      .when(lower(id('f1')))
      .thenAccepted();
    for (const change of [lower, withdraw, pay, refund]) {
      givenCase(sentenced, fined)
        .when(change(id('s1')))
        .thenRefused('not-a-fine');
    }
  });

  it('is refused once the penalty is annulled, also one that is dated before', () => {
    const ofSentence = [shorten(id('s1'), 10), annul(id('s1'))];
    const ofFine = [lower(id('f1')), annul(id('f1')), withdraw(id('f1')), pay(id('f1'))];
    for (const change of ofSentence) {
      givenCase(sentenced, annulled(id('s1')))
        .when(change)
        .thenRefused('penalty-annulled');
      givenCase(sentenced, annulled(id('f1')))
        .when(change)
        .thenAccepted();
    }
    for (const change of ofFine) {
      givenCase(fined, annulled(id('f1')))
        .when(change)
        .thenRefused('penalty-annulled');
      givenCase(fined, annulled(id('s1')))
        .when(change)
        .thenAccepted();
    }
  });

  it('is taken again when the annulment is voided', () => {
    const voided = fact('EventVoided', { eventId: event(2), reason: 'entered_in_error' });
    givenCase(sentenced, annulled(id('s1')), voided)
      .when(shorten(id('s1'), 10))
      .thenAccepted();
  });

  it('may give back what was paid of an annulled fine, and no more', () => {
    givenCase(fined, paid, annulled(id('f1')))
      .when(refund(id('f1')))
      .thenAccepted();
    givenCase(fined, paid, annulled(id('f1')))
      .when(refund(id('f1'), '100.01'))
      .thenRefused('refund-above-paid');
  });
});

describe('a fine', () => {
  it('is withdrawn once', () => {
    givenCase(fined)
      .when(withdraw(id('f1')))
      .thenAccepted();
    givenCase(fined, withdrawn)
      .when(withdraw(id('f1')))
      .thenRefused('already-withdrawn');
    givenCase(fined, withdrawn)
      .when(annul(id('f1')))
      .thenAccepted();
  });
});

describe('a reduced sentence', () => {
  it('is shorter than the one imposed', () => {
    givenCase(sentenced)
      .when(shorten(id('s1'), 14))
      .thenAccepted();
    givenCase(sentenced)
      .when(shorten(id('s1'), 15))
      .thenRefused('not-a-reduction', { pointer: '/body/days' });
    givenCase(sentenced)
      .when(shorten(id('s1'), 16))
      .thenRefused('not-a-reduction');
  });

  it('may be longer than an earlier reduction made it', () => {
    const reduced = fact('SentenceReduced', { penaltyId: id('s1'), days: 5, by: 'appeal', at: '2020-01-20' });
    givenCase(sentenced, reduced)
      .when(shorten(id('s1'), 10))
      .thenAccepted();
  });
});
