import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dayOf, daysInMonth, formatDay, parseDay } from './day.js';
import { Refusal } from '../refusal.js';
import { readDate } from './written-date.js';

const MINSK = 'Europe/Minsk';

function bounds(text: string): [string | null, string | null] {
  const { earliest, latest } = readDate(text, MINSK);
  const written = (day: number | null): string | null => (day === null ? null : formatDay(day));
  return [written(earliest), written(latest)];
}

describe('a date as written', () => {
  it.each([
    ['2020-01-27', '2020-01-27', '2020-01-27'],
    ['2019-12', '2019-12-01', '2019-12-31'],
    ['2019', '2019-01-01', '2019-12-31'],
    ['2020-02-XX', '2020-02-01', '2020-02-29'],
    ['2020-01-27?', '2020-01-27', '2020-01-27'],
    ['2020-01~', '2020-01-01', '2020-01-31'],
    ['2020%', '2020-01-01', '2020-12-31'],
    ['2019-11/2020-01', '2019-11-01', '2020-01-31'],
    ['2019-12?/2020-01-05~', '2019-12-01', '2020-01-05'],
    ['[2019-11-01..2020-01-26]', '2019-11-01', '2020-01-26'],
    ['[2019..2020-01]', '2019-01-01', '2020-01-31'],
    ['[..2020-02-07]', null, '2020-02-07'],
    ['[2020-01-05..]', '2020-01-05', null],
    // In Minsk it is three hours later.
    ['2020-01-27T20:59:59Z', '2020-01-27', '2020-01-27'],
    ['2020-01-27T21:00:00Z', '2020-01-28', '2020-01-28'],
    ['2020-01-27T00:30:00.5+03:00', '2020-01-27', '2020-01-27'],
    // Before 2011 clocks there went back in winter.
    ['2010-01-27T21:59:59Z', '2010-01-27', '2010-01-27'],
  ])('%s is from %s to %s', (text, earliest, latest) => {
    expect(bounds(text)).toEqual([earliest, latest]);
  });

  it.each([
    '',
    'yesterday',
    '201X',
    '2019-XX',
    '2019-XX-XX',
    '2020-13',
    '2020-21',
    '2020-00',
    '2020-02-30',
    '2019-02-29',
    '2020-02-30?',
    '[2019,2020]',
    '{2019..2020}',
    '[2020-01-05]',
    '[..]',
    '[2020-01-05..2020-01-01]',
    '2020-01-05/2020-01-01',
    '2019/',
    '/2019',
    '2019/..',
    'Y20200',
    '-0001',
    '?2020-01-27',
    '2020-01-27T10:00:00',
    '2020-01-27T24:00:00Z',
    '2020-01-27T10:60:00Z',
    '2020-02-30T10:00:00Z',
    // In Minsk these are days of the years before 0 and after 9999.
    '0000-01-01T00:00:00+03:00',
    '9999-12-31T23:59:59Z',
    ' 2020-01-27',
    '2020-01-27\n',
  ])('%j is refused', (text) => {
    expect(() => readDate(text, MINSK)).toThrow(Refusal);
  });

  it('is read or refused, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        try {
          const { earliest, latest } = readDate(text, MINSK);
          expect((earliest ?? -Infinity) <= (latest ?? Infinity)).toBe(true);
        } catch (error) {
          expect(error).toMatchObject({ code: 'invalid-date' });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a day', () => {
  it('comes back as it was written, and counts one by one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
        const text = formatDay(day);
        expect(parseDay(text)).toBe(day);
        expect(new Date(day * 86_400_000).toISOString().slice(0, 10)).toBe(text);
        const [year, month] = text.split('-').map(Number) as [number, number];
        const last = dayOf(year, month, daysInMonth(year, month));
        expect(formatDay(last + 1).slice(8)).toBe('01');
      }),
      { numRuns: 1_000 },
    );
  });
});
