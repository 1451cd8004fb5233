import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Refusal } from '../refusal.js';
import { convertRedenominated, formatMoney, minorDigits, parseMoney, priceBaseUnits } from './money.js';

const refusalOf = (action: () => unknown): string => {
  try {
    action();
  } catch (error) {
    if (error instanceof Refusal) return `${error.kind} ${error.code}`;
    throw error;
  }
  return 'accepted';
};

describe('money', () => {
  it('has the digits of ISO 4217, also where the engine counts otherwise', () => {
    expect(['BYN', 'BYR', 'USD', 'HUF', 'JPY', 'KWD', 'IQD'].map(minorDigits)).toEqual([2, 0, 2, 2, 0, 3, 3]);
  });

  it.each([
    ['510.00', 'BYN', 51_000n],
    ['510.5', 'BYN', 51_050n],
    ['0.01', 'BYN', 1n],
    ['0', 'BYN', 0n],
    ['2100000', 'BYR', 2_100_000n],
    ['1.234', 'KWD', 1_234n],
  ])('reads %s %s', (value, currency, minor) => {
    expect(parseMoney(value, currency)).toBe(minor);
  });

  it.each([
    '-1',
    '+1',
    '1e3',
    '01',
    '1.',
    '.5',
    '1,000',
    ' 1',
    '1 ',
    '',
    'ten',
    '1.005',
    '٣',
    '1'.repeat(19),
  ])('does not take "%s" for an amount in BYN', (value) => {
    expect(refusalOf(() => parseMoney(value, 'BYN'))).toBe('malformed invalid-money');
  });

  it('takes no part of a rouble of before July 2016', () => {
    expect(refusalOf(() => parseMoney('1.0', 'BYR'))).toBe('malformed invalid-money');
    expect(refusalOf(() => parseMoney('1', 'BYR'))).toBe('accepted');
  });

  it.each(['ZZZ', 'XXX', 'XAU', 'byn', '', '__proto__', 'BYNN'])('knows no currency "%s"', (currency) => {
    expect(refusalOf(() => parseMoney('1', currency))).toBe('malformed unknown-currency');
  });

  it('is written with all the digits of its currency', () => {
    expect(formatMoney(51_000n, 'BYN')).toBe('510.00');
    expect(formatMoney(5n, 'BYN')).toBe('0.05');
    expect(formatMoney(0n, 'BYR')).toBe('0');
    expect(formatMoney(-5n, 'BYN')).toBe('-0.05');
  });

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.constantFrom('BYN', 'BYR', 'KWD', 'USD'),
        (minor, currency) => {
          expect(parseMoney(formatMoney(minor, currency), currency)).toBe(minor);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('base units', () => {
  it('are priced in the currency of their time', () => {
    expect(priceBaseUnits(50, { amount: '27.00', currency: 'BYN' })).toEqual({
      minor: 135_000n,
      currency: 'BYN',
    });
    expect(priceBaseUnits(10, { amount: '210000', currency: 'BYR' })).toEqual({
      minor: 2_100_000n,
      currency: 'BYR',
    });
  });

  it('may be parts, rounded to the nearest minor unit', () => {
    expect(priceBaseUnits(0.5, { amount: '24.50', currency: 'BYN' }).minor).toBe(1_225n);
    expect(priceBaseUnits(0.33, { amount: '24.50', currency: 'BYN' }).minor).toBe(809n);
    expect(priceBaseUnits(1.1, { amount: '27.00', currency: 'BYN' }).minor).toBe(2_970n);
  });
});

describe('a redenomination', () => {
  it('makes ten thousand old roubles of a new one', () => {
    const of2016 = { from: 'BYR', to: 'BYN', factor: 10_000 };
    expect(convertRedenominated(parseMoney('210.00', 'BYN'), of2016)).toBe(2_100_000n);
    expect(convertRedenominated(parseMoney('0.01', 'BYN'), of2016)).toBe(100n);
  });
});
