import { describe, expect, it } from '@jest/globals';
import { between, counted, long, short } from './figures.js';

describe('figures and dates as they are read', () => {
  it.each([
    [{ min: 26, max: 26 }, '26', '26'],
    [{ min: 20, max: 25 }, '20–25', '20 to 25'],
    [{ min: 24, max: null }, '24+', 'at least 24'],
  ])('%j is %s', (range, inShort, atLength) => {
    expect([short(range), long(range)]).toEqual([inShort, atLength]);
  });

  it('counts one day and several', () => {
    expect([1, 2, 0].map((days) => counted({ min: days, max: days }, 'day'))).toEqual([
      '1 day',
      '2 days',
      '0 days',
    ]);
    expect(counted({ min: 1, max: null }, 'day')).toBe('at least 1 days');
  });

  it.each([
    ['2020-01-27', '2020-01-27', '2020-01-27'],
    ['2019-12-01', '2019-12-31', '2019-12-01 to 2019-12-31'],
    [null, '2020-02-07', 'by 2020-02-07'],
    ['2020-01-05', null, 'not before 2020-01-05'],
    [null, null, 'no date'],
  ])('a day from %s to %s is "%s"', (earliest, latest, expected) => {
    expect(between({ earliest, latest })).toBe(expected);
  });
});
