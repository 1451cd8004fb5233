import { describe, expect, it } from '@jest/globals';
import { parseDay } from '../../cases/domain/dates/day.js';
import type { Filters, Value } from '../content/content.js';
import { besideEstimates, differences, surplus } from './beside-estimates.js';
import { Cells, keyOf } from './cells.js';
import type { Question } from './figures.js';
import { NOTHING_REGISTERED, type Estimate, type Period } from './register.js';

const day = (written: string): number => parseDay(written)!;
const DECEMBER: Period = { earliest: day('2019-12-01'), latest: day('2019-12-31') };
const on = (earliest: string, latest = earliest): Period => ({
  earliest: day(earliest),
  latest: day(latest),
});

const estimateOf = (more: Partial<Estimate>): Estimate => ({
  id: 'e',
  quantity: { op: 'eq', value: 10 },
  unit: 'persons',
  predicate: 'arrested',
  period: DECEMBER,
  asOf: on('2020-01-05'),
  estimator: 'an observer',
  ...more,
});

const asked = (asOf: string, filters: Filters, ...estimates: Estimate[]): Question => ({
  asOf: day(asOf),
  filters,
  register: { ...NOTHING_REGISTERED, estimates },
});

const IN_DECEMBER = { from: '2019-12-01', to: '2019-12-31' };

/** What is said of the gap where so many persons are documented as arrested. */
function gapOf(documented: number, quantity: Estimate['quantity']): (Value | undefined)[] {
  const cells = new Cells(false);
  for (let person = 0; person < documented; person++) {
    cells.begin(String(person));
    cells.person('persons_arrested');
  }
  besideEstimates(asked('2020-02-01', IN_DECEMBER, estimateOf({ quantity })), cells);
  const { cells: written } = cells.written();
  return ['e', 'e/high'].map((of) => written[keyOf('estimate_gap', of)]?.value);
}

const count = (value: number): Value => ({ kind: 'count', value });
const ABSENT: Value = { kind: 'absent' };

describe('the gap between an estimate and what is documented', () => {
  it.each(['eq', 'gt', 'ge', 'about'] as const)('of one number (%s) is what that leaves', (op) => {
    expect(gapOf(4, { op, value: 10 })).toEqual([count(6), undefined]);
    expect(gapOf(10, { op, value: 10 })).toEqual([count(0), undefined]);
  });

  it.each([
    ['eq', 'exceeded'],
    ['about', 'exceeded'],
    ['gt', 'reached'],
    ['ge', 'reached'],
  ] as const)('is none, and not 0, where more is documented (%s): %s', (op, what) => {
    expect(gapOf(11, { op, value: 10 })).toEqual([ABSENT, undefined]);
    expect(surplus(11, estimateOf({ quantity: { op, value: 10 } }))).toBe(what);
    expect(surplus(10, estimateOf({ quantity: { op, value: 10 } }))).toBeUndefined();
  });

  it('of two bounds begins at 0 between them, and is none above', () => {
    const between = { op: 'between', low: 10, high: 20 } as const;
    expect(gapOf(4, between)).toEqual([count(6), count(16)]);
    expect(gapOf(12, between)).toEqual([count(0), count(8)]);
    expect(gapOf(21, between)).toEqual([ABSENT, ABSENT]);
    expect(surplus(20, estimateOf({ quantity: between }))).toBeUndefined();
    expect(surplus(21, estimateOf({ quantity: between }))).toBe('exceeded');
  });

  it('of a word is none', () => {
    expect(gapOf(4, { op: 'about', word: 'dozens' })).toEqual([undefined, undefined]);
    expect(surplus(4, estimateOf({ quantity: { op: 'about', word: 'dozens' } }))).toBeUndefined();
  });
});

describe('an estimate and a question are about the same days', () => {
  const differ = (asOf: string, filters: Filters, more: Partial<Estimate> = {}): string[] =>
    differences(asked(asOf, filters), estimateOf(more));

  it('if the period is the same, and over for both', () => {
    expect(differ('2020-02-01', IN_DECEMBER)).toEqual([]);
    expect(differ('2019-12-31', IN_DECEMBER, { asOf: on('2019-12-31') })).toEqual([]);
    expect(differ('2020-02-01', { ...IN_DECEMBER, to: '2019-12-30' })).toEqual(['period']);
    expect(differ('2020-02-01', { to: '2019-12-31' })).toEqual(['period']);
    expect(differ('2020-02-01', {})).toEqual(['period']);
  });

  it('not if the one counted before the period was over, and the other after', () => {
    expect(differ('2020-02-01', IN_DECEMBER, { asOf: on('2019-12-20') })).toEqual(['as_of']);
    expect(differ('2019-12-20', IN_DECEMBER)).toEqual(['as_of']);
    expect(differ('2019-12-21', IN_DECEMBER, { asOf: on('2019-12-20') })).toEqual(['as_of']);
    expect(differ('2019-12-20', IN_DECEMBER, { asOf: on('2019-12-20') })).toEqual([]);
  });

  it('not if nobody knows whether the estimate counted to the end', () => {
    expect(differ('2020-02-01', IN_DECEMBER, { asOf: on('2019-12-20', '2020-01-05') })).toEqual(['as_of']);
    expect(
      differ('2020-02-01', IN_DECEMBER, { asOf: { earliest: null, latest: day('2020-01-05') } }),
    ).toEqual(['as_of']);
  });

  it('if both go up to the same day, whatever of the days to come', () => {
    const since = { from: '2019-12-01' };
    const soFar = { period: on('2019-12-01', '2020-02-29'), asOf: on('2020-01-05') };
    expect(differ('2020-01-05', since, soFar)).toEqual([]);
    expect(differ('2020-01-06', since, soFar)).toEqual(['period']);
    expect(differ('2020-01-05', { ...since, from: '2019-12-02' }, soFar)).toEqual(['period']);
  });
});
