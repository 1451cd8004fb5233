import type { CandidateCell, Line } from './candidate-cell.js';
import type { PublishedCell } from './published-cell.js';
import { K } from './k.js';
import { personsIn } from './membership.js';
import { PublishedSpaces } from './published-spaces.js';
import { soleOnes } from './sole-ones.js';

export interface Question {
  /** In the order of their importance; where they stand on equally many persons, the one before is preferred. */
  cells: readonly CandidateCell[];
  lines: readonly Line[];
  /** All that was published before, in whichever report. */
  earlier: readonly PublishedCell[];
}

/**
 * The cells that must not be printed. Of what is left nobody who adds and subtracts, with all that was published before, learns of
 * 1 to k − 1 persons: neither by a cell, nor by a difference of two, of a table and its total, of overlapping filters, of two issues.
 * What is more important comes first, and of that the largest, so that small ones are withheld for their sake.
 */
export function withheldAmong({ cells, lines, earlier }: Question): ReadonlySet<string> {
  const withheld = new Set<string>();
  const sound = cells.filter((cell) => {
    const few = isFew(personsIn(cell.membership).persons.length) || isTooFewFor(cell.sharedBy);
    if (few) withheld.add(cell.key);
    return !few;
  });
  const spaces = new PublishedSpaces(sound, earlier);
  for (const cell of importantFirst(sound)) if (!spaces.take(cell)) withheld.add(cell.key);
  for (const key of soleOnes(cells, lines, withheld)) withheld.add(key);
  return withheld;
}

const isFew = (persons: number): boolean => persons > 0 && persons < K;

const isTooFewFor = (sharedBy: number | undefined): boolean => sharedBy !== undefined && sharedBy < K;

const importantFirst = (cells: readonly CandidateCell[]): CandidateCell[] =>
  cells
    .map((cell) => ({ cell, persons: personsIn(cell.membership).persons.length }))
    .sort((a, b) => (a.cell.rank ?? 0) - (b.cell.rank ?? 0) || b.persons - a.persons)
    .map(({ cell }) => cell);
