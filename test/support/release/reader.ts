import { seededRandom } from '../random.js';
import type { Member } from '../../../src/reports/release/membership.js';

/** Another prime than that of the gate. */
const PRIME = 33_554_393;
const MOST_NAMED = 4;

/** What a reader has of a cell: what it is of, and so what it adds up to of all that there is. */
export interface SeenCell {
  universe: string;
  members: readonly Member[];
}

/**
 * The reader of everything that was published, who adds and subtracts without end. Every set of one to four persons is tried, each by
 * itself: is there any combination of the cells that holds something of them and of nobody else? Exhaustive, and slow.
 */
export function learnedFrom(cells: readonly SeenCell[]): string[][] {
  const universes = Map.groupBy(cells.flatMap(withPersons), ({ universe }) => universe);
  return [...universes.values()].flatMap((each) => learnedWithin(each));
}

const withPersons = ({ universe, members }: SeenCell): SeenCell[] => [
  { universe, members },
  {
    universe: 'persons',
    members: [...new Set(members.map(([person]) => person))].map((person) => [person, 1]),
  },
];

/** The same of cells that are all of one universe, and nothing beside them. */
export function learnedWithin(cells: readonly SeenCell[]): string[][] {
  const persons = [...new Set(cells.flatMap(({ members }) => members.map(([person]) => person)))];
  const place = new Map(persons.map((person, i) => [person, i]));
  const rows = cells.map(({ members }) => {
    const row = persons.map(() => 0);
    for (const [person, amount] of members)
      row[place.get(person) ?? -1] = (row[place.get(person) ?? -1] ?? 0) + amount;
    return row;
  });
  const shadows = shadowsOf(kernelOf(rows, persons.length), persons.length, MOST_NAMED + 4);
  return dependentAmong(persons.map((person, i) => ({ person, shadow: shadows[i] ?? [] })));
}

/** What no cell can tell apart from nothing. A combination of cells is any row at right angles to all of it. */
function kernelOf(rows: number[][], width: number): number[][] {
  const basis: { pivot: number; row: number[] }[] = [];
  for (const row of rows) {
    for (const each of basis) clear(row, each.row, each.pivot);
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot < 0) continue;
    scale(row, pivot);
    for (const each of basis) clear(each.row, row, pivot);
    basis.push({ pivot, row });
  }
  const pivots = new Set(basis.map(({ pivot }) => pivot));
  return Array.from({ length: width }, (_, free) => free)
    .filter((free) => !pivots.has(free))
    .map((free) => {
      const vector = Array.from({ length: width }, () => 0);
      vector[free] = 1;
      for (const { pivot, row } of basis) vector[pivot] = (PRIME - (row[free] ?? 0)) % PRIME;
      return vector;
    });
}

/** The kernel seen along a few directions at random. What depends on each other in it does so in its shadow. */
function shadowsOf(kernel: readonly number[][], width: number, directions: number): number[][] {
  const random = seededRandom(directions);
  const weights = Array.from({ length: directions }, () => kernel.map(() => Math.floor(random() * PRIME)));
  return Array.from({ length: width }, (_, column) =>
    weights.map((weight) =>
      kernel.reduce((sum, vector, i) => (sum + (vector[column] ?? 0) * (weight[i] ?? 0)) % PRIME, 0),
    ),
  );
}

interface Seen {
  person: string;
  shadow: number[];
}

/** Sets of persons whose shadows depend on each other, none of them with a set in it that was found before. */
function dependentAmong(persons: readonly Seen[]): string[][] {
  const found: string[][] = [];
  const search = (
    from: number,
    named: string[],
    basis: readonly { pivot: number; row: number[] }[],
  ): void => {
    for (const [i, { person, shadow }] of persons.entries()) {
      if (i < from) continue;
      const row = [...shadow];
      for (const each of basis) clear(row, each.row, each.pivot);
      const pivot = row.findIndex((value) => value !== 0);
      if (pivot < 0) found.push([...named, person]);
      else if (named.length + 1 < MOST_NAMED) {
        scale(row, pivot);
        search(i + 1, [...named, person], [...basis, { pivot, row }]);
      }
    }
  };
  search(0, [], []);
  return found;
}

function clear(row: number[], by: readonly number[], pivot: number): void {
  const factor = row[pivot] ?? 0;
  if (factor === 0) return;
  for (let i = 0; i < row.length; i++)
    if (by[i] !== 0) row[i] = ((row[i] ?? 0) + (PRIME - factor) * (by[i] ?? 0)) % PRIME;
}

function scale(row: number[], pivot: number): void {
  const by = inverse(row[pivot] ?? 1);
  for (let i = 0; i < row.length; i++) row[i] = ((row[i] ?? 0) * by) % PRIME;
}

function inverse(value: number): number {
  if (value === 1) return 1;
  let [rest, next, result, factor] = [PRIME, value, 0, 1];
  while (next !== 0) {
    const times = Math.floor(rest / next);
    [rest, next, result, factor] = [next, rest - times * next, factor, result - times * factor];
  }
  return (result + PRIME) % PRIME;
}
