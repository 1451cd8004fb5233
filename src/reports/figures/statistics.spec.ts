import { describe, expect, it } from '@jest/globals';
import { rounded, Spread } from './statistics.js';

const summaryOf = (amounts: readonly number[], digits = 0) => {
  const spread = new Spread();
  for (const amount of amounts) spread.add(BigInt(amount));
  return spread.summary(digits);
};

describe('means and medians', () => {
  // Worked out by hand, not by the code that they test.
  it.each([
    [1n, 3n, '0.33'],
    [2n, 3n, '0.67'],
    [1n, 8n, '0.13'],
    [1n, 200n, '0.01'],
    [1n, 201n, '0.00'],
    [-1n, 8n, '-0.13'],
    [-1n, 200n, '-0.01'],
    [-1n, 201n, '0.00'],
    [2675n, 1000n, '2.68'],
    [1005n, 1000n, '1.01'],
    [6472n, 395n, '16.38'],
    [12090100n, 8200n, '1474.40'],
    [10n ** 30n, 7n, '142857142857142857142857142857.14'],
  ])('%s / %s is %s, a half away from zero', (dividend, divisor, text) => {
    expect(rounded(dividend, divisor)).toBe(text);
  });

  it('are of all amounts, however often each occurs', () => {
    expect(summaryOf([10, 3, 15, 15, 30])).toEqual({
      mean: '14.60',
      median: '15.00',
      least: '3.00',
      greatest: '30.00',
    });
  });

  it('take the middle of the two middle amounts, if they are even in number', () => {
    expect(summaryOf([1, 2, 4, 100])?.median).toBe('3.00');
    expect(summaryOf([1, 2, 5, 100])?.median).toBe('3.50');
    // Half a kopeck, away from zero.
    expect(summaryOf([101, 102], 2)).toMatchObject({ median: '1.02', mean: '1.02' });
  });

  it('sort by size, not as text', () => expect(summaryOf([9, 10, 100])?.median).toBe('10.00'));

  it('are of money in the minor units of its currency', () => {
    expect(summaryOf([5_800, 580_000], 2)).toEqual({
      mean: '2929.00',
      median: '2929.00',
      least: '58.00',
      greatest: '5800.00',
    });
  });

  it('say nothing of nothing', () => expect(summaryOf([])).toBeUndefined());
});
