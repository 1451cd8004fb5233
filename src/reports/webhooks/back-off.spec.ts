import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { askedFor, MOST_TRIES, pauseAfter } from './back-off.js';

const NOW = new Date('2020-01-27T10:00:00.000Z');
const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const chance = fc.double({ min: 0, max: 1, noNaN: true });

describe('the pause after a failed try', () => {
  it('grows from seconds to hours, whatever chance makes of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MOST_TRIES - 3 }), chance, chance, (tries, one, other) => {
        expect(pauseAfter(tries + 1, one)).toBeGreaterThan(pauseAfter(tries, other));
      }),
    );
    expect(pauseAfter(1, 0.5)).toBe(5 * SECOND);
    expect(pauseAfter(MOST_TRIES, 1)).toBeLessThanOrEqual(5 * HOUR);
  });

  it('is another for each, so that receivers that were away together are not asked together', () => {
    expect(pauseAfter(3, 0)).toBe(36 * SECOND);
    expect(pauseAfter(3, 1)).toBe(54 * SECOND);
  });

  it('is never shorter than what the receiver asked for, up to a day', () => {
    expect(pauseAfter(1, 0, HOUR)).toBe(HOUR);
    expect(pauseAfter(7, 0.5, SECOND)).toBe(pauseAfter(7, 0.5));
    expect(pauseAfter(1, 0, 1_000 * HOUR)).toBe(24 * HOUR);
  });
});

describe('a Retry-After', () => {
  it.each([
    ['120', 120 * SECOND],
    [' 0 ', 0],
    ['Mon, 27 Jan 2020 10:05:00 GMT', 300 * SECOND],
    ['Mon, 27 Jan 2020 09:00:00 GMT', 0],
    ['-5', 0],
    ['soon', 0],
    ['2020', 2_020 * SECOND],
    ['1e9', 0],
    ['', 0],
    [null, 0],
  ])('%s asks for %d ms', (text, ms) => expect(askedFor(text, NOW)).toBe(ms));
});
