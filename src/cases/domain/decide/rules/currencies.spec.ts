import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../../test/support/derived.js';
import { givenCase, recording } from '../../../../../test/support/given-when-then.js';
import type { CaseCommand, FineTerms } from '../commands.js';

const fine = (terms: FineTerms, at?: string): CaseCommand => ({
  name: 'ImposePenalty',
  data: { at, penalty: { kind: 'fine', ...terms } },
});
const BYR = (value: string) => ({ value, currency: 'BYR' });
const BYN = (value: string) => ({ value, currency: 'BYN' });
const fined = (terms: FineTerms, at: string) =>
  fact('Fined', { penaltyId: id('f1'), decisionId: id('c1'), at, ...terms });
const inOldRoubles = fined({ amount: BYR('2100000') }, '2016-03-25');

const pay = (amount: { value: string; currency: string }, at?: string): CaseCommand =>
  recording('FinePaid', { penaltyId: id('f1'), amount, by: 'self', at });
const refund = (amount: { value: string; currency: string }, at?: string): CaseCommand =>
  recording('FineRefunded', { penaltyId: id('f1'), amount, at });
const lower = (amount: { value: string; currency: string }, at?: string): CaseCommand =>
  recording('FineReduced', { penaltyId: id('f1'), amount, by: 'appeal', at });

const GONE = 'currency-not-in-use';

describe('money', () => {
  it('is in a currency of its day', () => {
    givenCase()
      .when(fine({ amount: BYR('500000') }, '2016-06-30'))
      .thenAccepted();
    givenCase()
      .when(fine({ amount: BYR('500000') }, '2016-07-01'))
      .thenRefused(GONE);
    givenCase()
      .when(fine({ amount: BYN('50') }, '2016-07-01'))
      .thenAccepted();
    givenCase()
      .when(fine({ amount: BYN('50') }, '2016-06-30'))
      .thenRefused(GONE, { pointer: '/body/amount/currency' });
  });

  it('is refused only if its currency was in use on no day that the date can mean', () => {
    givenCase()
      .when(fine({ amount: BYR('500000') }, '2016'))
      .thenAccepted();
    givenCase()
      .when(fine({ amount: BYN('50') }, '2016'))
      .thenAccepted();
    givenCase()
      .when(fine({ amount: BYR('500000') }))
      .thenAccepted();
    givenCase()
      .when(fine({ amount: BYR('500000') }, '2017'))
      .thenRefused(GONE);
    givenCase()
      .when(fine({ amount: BYN('50') }, '[..2016-06-30]'))
      .thenRefused(GONE);
  });

  it('is held to that wherever it stands in a fact', () => {
    givenCase()
      .when(fine({ reported: [{ value: '600', currency: 'USD' }, BYR('1')] }, '2020'))
      .thenRefused(GONE, { pointer: '/body/reported/1/currency' });
    for (const change of [pay, lower]) {
      givenCase(inOldRoubles)
        .when(change(BYR('1'), '2016-06-30'))
        .thenAccepted();
      givenCase(inOldRoubles)
        .when(change(BYR('1'), '2016-07-01'))
        .thenRefused(GONE);
      givenCase(inOldRoubles)
        .when(change(BYN('1'), '2016-06-30'))
        .thenRefused(GONE);
      givenCase(inOldRoubles)
        .when(change(BYN('1'), '2016-07-01'))
        .thenAccepted();
    }
    const paid = fact('FinePaid', { penaltyId: id('f1'), amount: BYR('1'), by: 'self', at: '2016-04-01' });
    givenCase(inOldRoubles, paid)
      .when(refund(BYR('1'), '2016-05-01'))
      .thenAccepted();
    givenCase(inOldRoubles, paid)
      .when(refund(BYR('1'), '2016-08-01'))
      .thenRefused(GONE);
  });
});

describe('money for a fine', () => {
  it('is in the currency of the fine', () => {
    const inNew = fined({ amount: BYN('510') }, '2020-01-10');
    givenCase(inNew)
      .when(pay(BYN('10'), '2020-02-01'))
      .thenAccepted();
    const wrong = { pointer: '/body/amount/currency' };
    givenCase(inNew)
      .when(pay({ value: '10', currency: 'USD' }, '2020-02-01'))
      .thenRefused('wrong-currency', wrong);
    givenCase(inNew)
      .when(pay(BYR('100')))
      .thenRefused('wrong-currency');
    givenCase(inNew)
      .when(lower(BYR('100')))
      .thenRefused('wrong-currency');
    givenCase(inNew)
      .when(refund(BYR('100')))
      .thenRefused('wrong-currency');
  });

  it('is in that of the base unit', () => {
    givenCase(fined({ baseUnits: 20 }, '2020-01-10'))
      .when(pay({ value: '10', currency: 'USD' }, '2020-02-01'))
      .thenRefused('wrong-currency');
    givenCase(fined({ baseUnits: 20 }, '2016'))
      .when(pay(BYR('100'), '2016'))
      .thenAccepted();
    givenCase(fined({ baseUnits: 20 }, '2016'))
      .when(pay(BYN('100'), '2016'))
      .thenAccepted();
  });

  it('counts ten thousand to one once the fine was redenominated', () => {
    givenCase(inOldRoubles)
      .when(pay(BYN('210.00'), '2016-08-01'))
      .thenAccepted();
    givenCase(inOldRoubles)
      .when(pay(BYN('210.01'), '2016-08-01'))
      .thenRefused('payment-above-outstanding');
    givenCase(inOldRoubles)
      .when(lower(BYN('209.99'), '2016-08-01'))
      .thenAccepted();
    givenCase(inOldRoubles)
      .when(lower(BYN('210'), '2016-08-01'))
      .thenRefused('not-a-reduction');
    const paid = fact('FinePaid', {
      penaltyId: id('f1'),
      amount: BYR('2000000'),
      by: 'self',
      at: '2016-04-01',
    });
    givenCase(inOldRoubles, paid)
      .when(pay(BYN('10'), '2016-08-01'))
      .thenAccepted();
    givenCase(inOldRoubles, paid)
      .when(pay(BYN('10.01'), '2016-08-01'))
      .thenRefused('payment-above-outstanding');
    givenCase(inOldRoubles, paid)
      .when(refund(BYN('200'), '2016-08-01'))
      .thenAccepted();
    givenCase(inOldRoubles, paid)
      .when(refund(BYN('200.01'), '2016-08-01'))
      .thenRefused('refund-above-paid');
    const inBaseUnits = givenCase(fined({ baseUnits: 10 }, '2016-03-25'));
    inBaseUnits.when(pay(BYN('210'), '2016-08-01')).thenAccepted();
    inBaseUnits.when(pay(BYN('210.01'), '2016-08-01')).thenRefused('payment-above-outstanding');
  });
});
