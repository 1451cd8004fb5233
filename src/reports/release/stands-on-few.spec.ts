import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { learnedWithin, type SeenCell } from '../../../test/support/release/reader.js';
import { classesOf } from './classes.js';
import { membershipOf, type Member } from './membership.js';
import { PERSONS } from './published-cell.js';
import { PublishedSpace } from './published-space.js';
import { Work } from './work.js';

/** Kinds of persons, how many there are of each, and what one of them adds to each cell. */
const spaces = fc.integer({ min: 2, max: 7 }).chain((cells) =>
  fc.array(
    fc.record({
      persons: fc.constantFrom(1, 1, 1, 1, 2, 3, 5),
      amounts: fc.array(fc.constantFrom(0, 0, 1, 1, 2), { minLength: cells, maxLength: cells }),
    }),
    { minLength: 4, maxLength: 13 },
  ),
);

type Kinds = readonly { persons: number; amounts: readonly number[] }[];

function cellsOf(kinds: Kinds): SeenCell[] {
  const persons = kinds.flatMap(({ persons: count, amounts }, kind) =>
    Array.from({ length: count }, (_, i) => ({ id: `${kind}.${i}`, amounts })),
  );
  const [{ amounts } = { amounts: [] }] = kinds;
  return amounts.map((_, cell) => ({
    universe: PERSONS,
    members: persons
      .map(({ id, amounts: of }): Member => [id, of[cell] ?? 0])
      .filter(([, amount]) => amount > 0),
  }));
}

/** Of each cell in turn, beside all those before it. */
function safe(cells: readonly SeenCell[], work = new Work()): boolean[] {
  const space = new PublishedSpace(classesOf(cells.map(({ members }) => membershipOf(members))), work);
  return cells.map((_, cell) => {
    const addition = space.additionOf(cell);
    const isSafe = space.isSafe(addition);
    space.add(addition);
    return isSafe;
  });
}

/** Whether a reader who tries every set of up to four persons learns nothing more by it. */
function nothingLearned(cells: readonly SeenCell[]): boolean[] {
  const learned = cells.map((_, i) => new Set(learnedWithin(cells.slice(0, i + 1)).map(String)));
  return learned.map((sets, i) => [...sets].every((set) => learned[i - 1]?.has(set) ?? false));
}

describe('what a cell gives away, beside those before it', () => {
  it('is what a reader learns who tries every set of up to four persons, no less and no more', () => {
    fc.assert(
      fc.property(spaces, (kinds) => {
        const cells = cellsOf(kinds);
        expect(safe(cells)).toEqual(nothingLearned(cells));
      }),
      { numRuns: 80 },
    );
  });

  it('is not what is seen of each cell by itself', () => {
    const { failed } = fc.check(
      fc.property(spaces, (kinds) => {
        const cells = cellsOf(kinds);
        expect(cells.flatMap((cell) => safe([cell]))).toEqual(nothingLearned(cells));
      }),
    );
    expect(failed).toBe(true);
  });

  it('counts as something where it takes too long to tell', () => {
    const cells = Array.from({ length: 40 }, (_, i): SeenCell => ({
      universe: PERSONS,
      members: Array.from({ length: 10 }, (__, j) => [`person ${(7 * i + j * j) % 61}`, 1]),
    }));
    const spent = new Work();
    spent.count(Infinity);
    const [told, notTold] = [safe(cells), safe(cells, spent)];
    expect(notTold.filter((isSafe, i) => isSafe && !told[i])).toEqual([]);
    expect(told.filter((isSafe, i) => isSafe && !notTold[i]).length).toBeGreaterThan(0);
  });
});
