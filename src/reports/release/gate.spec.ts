import { describe, expect, it } from '@jest/globals';
import { issued, tables, type Gate } from '../../../test/support/release/issuing.js';
import { learnedFrom } from '../../../test/support/release/reader.js';
import { SmallWorld } from '../../../test/support/release/small-world.js';
import type { CandidateCell } from './candidate-cell.js';
import { withheldAmong, type Question } from './gate.js';
import { membershipOf, personsIn, type Membership } from './membership.js';

const EVERYTHING = { seed: 1, persons: 22, issues: 4 };
const SOME = { persons: 60, filters: 40, issues: 4 };
const FEW = { seed: 2, persons: 40, filters: 40, issues: 3 };

describe('the gate before print', () => {
  it('lets nothing be worked out of 1 to 4 persons, by any filter there is', () => {
    expect(learnedFrom(issued(EVERYTHING, withheldAmong).published)).toEqual([]);
  });

  it.each([2])('nor where there are more persons (%i)', (seed) => {
    expect(learnedFrom(issued({ ...SOME, seed }, withheldAmong).published)).toEqual([]);
  });

  describe('broken on purpose', () => {
    const few = ({ persons }: Membership): boolean => persons.length > 0 && persons.length < 5;
    const byEach: Gate = ({ cells }) =>
      new Set(cells.filter(({ membership }) => few(membership)).map(({ key }) => key));
    const broken: Record<string, Gate> = {
      'prints everything': () => new Set(),
      'looks at each cell by itself': byEach,
      'compares cells two by two': (question) => {
        const withheld = new Set(byEach(question));
        const printed = [...question.earlier];
        for (const cell of question.cells) {
          if (withheld.has(cell.key)) continue;
          if (
            printed.some(
              (other) =>
                other.universe === cell.universe && few(differing(other.membership, cell.membership)),
            )
          )
            withheld.add(cell.key);
          else printed.push(cell);
        }
        return withheld;
      },
      'forgets what was published before': (question) => withheldAmong({ ...question, earlier: [] }),
      'sees who is in a cell but not what they add': (question) =>
        withheldAmong({
          ...question,
          cells: question.cells.map((cell) => ({ ...cell, membership: personsIn(cell.membership) })),
          earlier: question.earlier.map((cell) => ({ ...cell, membership: personsIn(cell.membership) })),
        }),
    };
    it.each(Object.entries(broken))('one that %s is found out', (_, gate) => {
      expect(learnedFrom(issued(FEW, gate).published).length).toBeGreaterThan(0);
    });
  });

  it('prints every large cell of an ordinary report, its months beside its regions', () => {
    const filters = [
      { months: [1, 3] },
      { months: [1, 3], role: 'protester' },
      { months: [1, 3], campaign: 'A' },
    ] as const;
    const { cells, lines } = tables(new SmallWorld(4, 200), filters);
    const withheld = withheldAmong({ cells, lines, earlier: [] });
    const large = cells.filter(({ membership }) => membership.persons.length >= 20);
    expect(large.length).toBeGreaterThan(50);
    expect(large.filter(({ key }) => withheld.has(key))).toEqual([]);
  });

  it('withholds the next part where one part is small, so that the total says nothing of it', () => {
    const cells = [
      cell('total', 0, 73),
      cell('a', 0, 40),
      cell('b', 40, 60),
      cell('c', 60, 70),
      cell('d', 70, 73),
    ];
    expect(withheldIn(cells)).toEqual(['c', 'd']);
  });

  it('withholds a row of a day for the sake of what everybody looks for, though more persons are behind it', () => {
    const [arrested, onOneDay] = [cell('persons arrested', 0, 13), cell('held on a day', 0, 15)];
    expect(withheldIn([onOneDay, arrested])).toEqual(['persons arrested']);
    expect(withheldIn([{ ...onOneDay, rank: 2 }, arrested])).toEqual(['held on a day']);
  });

  it('prints zero, and the parts beside it', () => {
    expect(withheldIn([cell('total', 0, 20), cell('a', 0, 20), cell('b', 20, 20)])).toEqual([]);
  });

  it('prints a figure again if nothing or at least five persons are new, and withholds it else', () => {
    const earlier = [cell('held', 0, 50)];
    expect(withheldIn([cell('held', 0, 50)], { earlier })).toEqual([]);
    expect(withheldIn([cell('held', 0, 54)], { earlier })).toEqual(['held']);
    expect(withheldIn([cell('held', 0, 55)], { earlier })).toEqual([]);
  });

  it('withholds a sum in which what few persons add was corrected, though they are the same persons', () => {
    const before = cell('days', 0, 50, { universe: 'days', amount: 15 });
    const corrected = {
      ...before,
      membership: {
        ...before.membership,
        amounts: before.membership.amounts.map((days, i) => (i < 3 ? 10 : days)),
      },
    };
    expect(withheldIn([corrected], { earlier: [before] })).toEqual(['days']);
  });

  it('prints the value of single persons only where five have this very value', () => {
    const least = (sharedBy: number): CandidateCell => ({ ...cell('least', 0, 50), sharedBy });
    expect(withheldIn([least(4)])).toEqual(['least']);
    expect(withheldIn([least(5)])).toEqual([]);
  });

  it('does not leave as many withheld parts as are missing: each would be known to be one', () => {
    const parts = [
      cell('a', 0, 30),
      cell('b', 30, 40),
      ...[40, 41, 42, 43, 44].map((from) => cell(`one ${from}`, from, from + 1)),
    ];
    const lines = [{ total: 'total', parts: parts.map(({ key }) => key) }];
    expect(withheldIn([cell('total', 0, 45), ...parts])).not.toContain('b');
    expect(withheldIn([cell('total', 0, 45), ...parts], { lines })).toContain('b');
  });
});

/** A cell of the persons from one number up to another. */
function cell(
  key: string,
  from: number,
  to: number,
  { universe = 'persons', amount = 1 } = {},
): CandidateCell {
  const members = Array.from({ length: to - from }, (_, i) => [`person ${from + i}`, amount] as const);
  return { key, universe, membership: membershipOf(members) };
}

const withheldIn = (cells: readonly CandidateCell[], more: Partial<Question> = {}): string[] =>
  [...withheldAmong({ cells, lines: [], earlier: [], ...more })].sort();

/** Those who do not add the same to both. */
function differing(a: Membership, b: Membership): Membership {
  const negative = [...b.persons].map((person, i) => [String(person), -(b.amounts[i] ?? 0)] as const);
  const both = membershipOf([
    ...[...a.persons].map((person, i) => [String(person), a.amounts[i] ?? 0] as const),
    ...negative,
  ]);
  return {
    persons: both.persons.filter((_, i) => both.amounts[i] !== 0),
    amounts: both.amounts.filter((amount) => amount !== 0),
  };
}
