import { describe, it } from '@jest/globals';
import { fact, id } from '../../../../../test/support/derived.js';
import { givenCase, recording } from '../../../../../test/support/given-when-then.js';
import type { Money } from '../../facts/common.js';
import type { FactData } from '../../facts/facts.js';

const BYN = (value: string, qualifier?: Money['qualifier']): Money => ({ value, currency: 'BYN', qualifier });
const USD = (value: string): Money => ({ value, currency: 'USD' });

const fined = (terms: Partial<FactData['Fined']>) =>
  fact('Fined', { penaltyId: id('f1'), decisionId: id('c1'), at: '2020-01-10', ...terms });
const of510 = fined({ amount: BYN('510.00') });
const paid = (amount: Money, at = '2020-02-01') =>
  fact('FinePaid', { penaltyId: id('f1'), amount, by: 'self', at });
const refunded = (amount: Money) => fact('FineRefunded', { penaltyId: id('f1'), amount, at: '2020-02-01' });
const reduced = (amount: Money, at: string) =>
  fact('FineReduced', { penaltyId: id('f1'), amount, by: 'appeal', at });
const withdrawn = fact('FineWithdrawn', { penaltyId: id('f1'), at: '2020-02-20' });

const pay = (amount: Money, at?: string) =>
  recording('FinePaid', { penaltyId: id('f1'), amount, by: 'self', at: at ?? '2020-03-01' });
const refund = (amount: Money) =>
  recording('FineRefunded', { penaltyId: id('f1'), amount, at: '2020-03-01' });
const lower = (amount: Money) =>
  recording('FineReduced', { penaltyId: id('f1'), amount, by: 'review', at: '2020-03-01' });

const TOO_MUCH = 'payment-above-outstanding';

describe('a payment', () => {
  it('is no more than what is outstanding', () => {
    givenCase(of510)
      .when(pay(BYN('510.00')))
      .thenAccepted();
    givenCase(of510)
      .when(pay(BYN('510.01')))
      .thenRefused(TOO_MUCH, { pointer: '/body/amount' });
    givenCase(of510, paid(BYN('500.00')))
      .when(pay(BYN('10')))
      .thenAccepted();
    givenCase(of510, paid(BYN('500.00')))
      .when(pay(BYN('10.01')))
      .thenRefused(TOO_MUCH);
  });

  it('may pay again what was given back', () => {
    givenCase(of510, paid(BYN('510')), refunded(BYN('10')))
      .when(pay(BYN('10')))
      .thenAccepted();
    givenCase(of510, paid(BYN('510')), refunded(BYN('10')))
      .when(pay(BYN('11')))
      .thenRefused(TOO_MUCH);
  });

  it('is held to the fine as it was on its own day, whatever was recorded first', () => {
    const file = givenCase(of510, reduced(BYN('300'), '2020-02-15'));
    file.when(pay(BYN('300.01'), '2020-02-15')).thenRefused(TOO_MUCH);
    file.when(pay(BYN('300'), '2020-02-15')).thenAccepted();
    file.when(pay(BYN('510'), '2020-02-14')).thenAccepted();
    file.when(pay(BYN('510.01'), '2020-02-14')).thenRefused(TOO_MUCH);
  });

  it('is held to the latest reduction, and to the smaller of two on one day', () => {
    const twice = givenCase(of510, reduced(BYN('300'), '2020-02-15'), reduced(BYN('400'), '2020-02-01'));
    twice.when(pay(BYN('301'))).thenRefused(TOO_MUCH);
    twice.when(pay(BYN('400'), '2020-02-02')).thenAccepted();
    const lessOfLess = givenCase(of510, reduced(BYN('300'), '2020-02-01'), reduced(BYN('400'), '2020-02-15'));
    lessOfLess.when(pay(BYN('400'))).thenAccepted();
    lessOfLess.when(pay(BYN('400.01'))).thenRefused(TOO_MUCH);
    const onOneDay = givenCase(of510, reduced(BYN('400'), '2020-02-15'), reduced(BYN('300'), '2020-02-15'));
    onOneDay.when(pay(BYN('301'))).thenRefused(TOO_MUCH);
    onOneDay.when(pay(BYN('300'))).thenAccepted();
  });

  it('has nothing left to pay once the fine is withdrawn', () => {
    givenCase(of510, withdrawn)
      .when(pay(BYN('0.01'), '2020-02-20'))
      .thenRefused(TOO_MUCH);
    givenCase(of510, withdrawn)
      .when(pay(BYN('510'), '2020-02-19'))
      .thenAccepted();
  });

  it('is taken whatever its size where the amount of the fine is not exact', () => {
    for (const qualifier of ['at_least', 'at_most', 'approximate'] as const) {
      givenCase(fined({ amount: BYN('510', qualifier) }))
        .when(pay(BYN('900')))
        .thenAccepted();
    }
    givenCase(fined({ amount: BYN('510', 'exact') }))
      .when(pay(BYN('900')))
      .thenRefused(TOO_MUCH);
    givenCase(of510, reduced(BYN('300', 'approximate'), '2020-02-15'))
      .when(pay(BYN('900')))
      .thenAccepted();
    givenCase(fined({ amount: BYN('510', 'at_least') }), reduced(BYN('300'), '2020-02-15'))
      .when(pay(BYN('301')))
      .thenRefused(TOO_MUCH);
  });

  it('is refused only where it is too much at every reading of it', () => {
    givenCase(of510)
      .when(pay(BYN('900', 'at_most')))
      .thenAccepted();
    givenCase(of510)
      .when(pay(BYN('900', 'at_least')))
      .thenRefused(TOO_MUCH);
    givenCase(of510, paid(BYN('500', 'approximate')))
      .when(pay(BYN('510')))
      .thenAccepted();
    givenCase(of510, paid(BYN('510')), refunded(BYN('1', 'at_least')))
      .when(pay(BYN('510')))
      .thenAccepted();
  });
});

describe('a payment of a fine in base units', () => {
  it('is held to the unit of the day of the decision', () => {
    const of20 = givenCase(fined({ baseUnits: 20, at: '2020-01-10' }));
    of20.when(pay(BYN('540'))).thenAccepted();
    of20.when(pay(BYN('540.01'))).thenRefused(TOO_MUCH);
    givenCase(fined({ baseUnits: 20, at: '2019-12-31' }))
      .when(pay(BYN('511')))
      .thenRefused(TOO_MUCH);
  });

  it('is taken whatever its size where the decision may fall under two units, or one that is not known', () => {
    givenCase(fined({ baseUnits: 20, at: '2019-12/2020-01' }))
      .when(pay(BYN('900')))
      .thenAccepted();
    givenCase(fined({ baseUnits: 20, at: '2020-01/2020-02' }))
      .when(pay(BYN('900')))
      .thenRefused(TOO_MUCH);
    givenCase(fined({ baseUnits: 20, at: '[..2015-03-01]' }))
      .when(pay(BYN('900'), '2017'))
      .thenAccepted();
    givenCase(fined({ baseUnits: 20, at: '2014' }))
      .when(pay(BYN('900'), '2017'))
      .thenAccepted();
  });
});

describe('a payment of a fine that is known from reports', () => {
  it('is held to the only amount reported', () => {
    givenCase(fined({ reported: [USD('600')] }))
      .when(pay(USD('601')))
      .thenRefused(TOO_MUCH);
    givenCase(fined({ reported: [USD('600')] }))
      .when(pay(USD('600')))
      .thenAccepted();
    givenCase(fined({ reported: [USD('600'), USD('650')] }))
      .when(pay(USD('900')))
      .thenAccepted();
  });

  it('is taken in the money it was paid in: the report told what it was worth', () => {
    givenCase(fined({ reported: [USD('600')] }))
      .when(pay(BYN('1350')))
      .thenAccepted();
  });
});

describe('a refund', () => {
  it('is no more than what was paid and is not yet refunded', () => {
    givenCase(of510, paid(BYN('350')))
      .when(refund(BYN('350')))
      .thenAccepted();
    givenCase(of510, paid(BYN('350')))
      .when(refund(BYN('350.01')))
      .thenRefused('refund-above-paid');
    givenCase(of510, paid(BYN('350')), refunded(BYN('100')))
      .when(refund(BYN('251')))
      .thenRefused('refund-above-paid');
    givenCase(of510)
      .when(refund(BYN('0.01')))
      .thenRefused('refund-above-paid', { pointer: '/body/amount' });
  });

  it('is taken whatever its size where it is not known how much was paid', () => {
    givenCase(of510, paid(BYN('350', 'at_least')))
      .when(refund(BYN('510')))
      .thenAccepted();
    givenCase(of510, paid(BYN('350', 'at_most')))
      .when(refund(BYN('351')))
      .thenRefused('refund-above-paid');
  });
});

describe('a reduced fine', () => {
  it('is smaller than the one imposed, where both are known', () => {
    givenCase(of510)
      .when(lower(BYN('509.99')))
      .thenAccepted();
    givenCase(of510)
      .when(lower(BYN('510')))
      .thenRefused('not-a-reduction', { pointer: '/body/amount' });
    givenCase(of510)
      .when(lower(BYN('600', 'at_most')))
      .thenAccepted();
    givenCase(of510)
      .when(lower(BYN('600', 'at_least')))
      .thenRefused('not-a-reduction');
    givenCase(fined({ amount: BYN('510', 'approximate') }))
      .when(lower(BYN('600')))
      .thenAccepted();
    givenCase(fined({ reported: [USD('600')] }))
      .when(lower(BYN('900')))
      .thenAccepted();
  });
});
