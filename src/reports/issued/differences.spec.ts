import { describe, expect, it } from '@jest/globals';
import type { ReportContent, Section, Value } from '../content/content.js';
import { differencesBetween, saysAllOf } from './differences.js';

const count = (value: number): Value => ({ kind: 'count', value });
const word = (value: string): Value => ({ kind: 'code', list: 'kinds', value });

const reportOf = (...sections: Section[]): ReportContent => ({
  report: 'monthly',
  basis: { asOf: '2020-02-07', knownAt: '2020-02-08T00:00:00.000Z', position: '7', filters: {} },
  audience: 'public',
  sections,
});

const figures = (value: Value, more: { n?: number | null; version?: number } = {}): Section => ({
  kind: 'figures',
  id: 'overview',
  figures: [{ id: 'arrests', version: 1, value, n: 9, caveat: 'documented', ...more }],
});

const table = (...rows: [kind: string, cases: number][]): Section => ({
  kind: 'table',
  id: 'penalties',
  columns: [{ id: 'kind' }, { id: 'cases' }],
  rows: rows.map(([kind, cases]) => [word(kind), count(cases)]),
});

const between = (before: Section, after: Section) => differencesBetween(reportOf(before), reportOf(after));

describe('two versions of a report', () => {
  it('are the same where only the state of the register is another', () => {
    const before = reportOf(figures(count(9)), table(['fine', 3]));
    expect(differencesBetween(before, { ...before, basis: { ...before.basis, position: '9' } })).toEqual([]);
  });

  it('differ in a figure, and in how many persons it is of', () => {
    expect(between(figures(count(9)), figures({ kind: 'withheld' }, { n: null }))).toEqual([
      { section: 'overview', place: 'arrests', before: count(9), after: { kind: 'withheld' } },
      { section: 'overview', place: 'arrests, persons', before: count(9), after: { kind: 'withheld' } },
    ]);
  });

  it('differ in a cell of a table, and in a row that only one has', () => {
    expect(between(table(['fine', 3], ['detention', 8]), table(['detention', 9]))).toEqual([
      { section: 'penalties', place: 'fine, kind', before: word('fine'), after: null },
      { section: 'penalties', place: 'fine, cases', before: count(3), after: null },
      { section: 'penalties', place: 'detention, cases', before: count(8), after: count(9) },
    ]);
  });

  it('differ in each of two rows that begin alike', () => {
    expect(between(table(['fine', 3], ['fine', 5]), table(['fine', 4], ['fine', 5]))).toEqual([
      { section: 'penalties', place: 'fine, cases', before: count(3), after: count(4) },
    ]);
  });

  it('differ in a definition, a remark or a column, though no value does', () => {
    const notes = (...codes: string[]): Section => ({ kind: 'notes', id: 'remarks', notes: codes });
    for (const [before, after] of [
      [figures(count(9)), figures(count(9), { version: 2 })],
      [notes('a'), notes('a', 'b')],
      [{ ...table(), columns: [{ id: 'kind' }] }, table()],
    ] as [Section, Section][]) {
      expect(between(before, after)).toMatchObject([{ section: before.id, place: 'beside the values' }]);
    }
  });
});

describe('a report of a later release says all of an earlier one', () => {
  const printed = reportOf(figures(count(9)), table(['fine', 3]), {
    kind: 'notes',
    id: 'notes',
    notes: ['a'],
  });
  const [overview, penalties, notes] = printed.sections as [Section, Section, Section];

  it('in other words, of newer definitions, and with more', () => {
    const newer = figures(count(9), { version: 2 });
    const noted: Section = { kind: 'notes', id: 'notes', notes: ['a', 'b'] };
    const more: Section = { ...overview, id: 'more' };
    expect(saysAllOf(printed, reportOf(more, newer, table(['fine', 3], ['warning', 4]), noted))).toBe(true);
  });

  it.each<[string, Section[]]>([
    ['with another value', [figures(count(8)), penalties, notes]],
    ['with another number of persons', [figures(count(9), { n: 8 }), penalties, notes]],
    ['with a value withheld', [overview, table(), notes]],
    ['without a section', [overview, notes]],
  ])('but not %s', (_, sections) => {
    expect(saysAllOf(printed, reportOf(...sections))).toBe(false);
  });
});
