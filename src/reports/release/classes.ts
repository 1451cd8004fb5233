import type { Membership } from './membership.js';
import { Numbered } from './numbered.js';
import { fieldNumber } from './prime-field.js';
import type { SparseRow } from './sparse-row.js';

/** Persons who add the same to every cell are one class: whatever is worked out of these cells, they are in it alike. */
export interface Classes {
  /** Each cell, as what one person of each class adds. */
  cells: readonly SparseRow[];
  /** How many persons each class has. */
  sizes: Int32Array;
  /** In how many cells each class stands. */
  frequency: Int32Array;
}

export function classesOf(cells: readonly Membership[]): Classes {
  const numbered = new Numbered();
  const contents = cells.map(({ persons }) => {
    const places = new Int32Array(persons.length);
    for (let i = 0; i < persons.length; i++) places[i] = numbered.placeOf(persons[i]!);
    return places;
  });
  const amounts = cells.map((cell) => cell.amounts);
  const classOf = refined(contents, amounts, numbered.count);
  return inNumbers(contents, amounts, classOf);
}

/** Each cell splits every class whose persons it does not hold alike. */
function refined(
  contents: readonly Int32Array[],
  amounts: readonly Float64Array[],
  persons: number,
): Int32Array {
  const classOf = new Int32Array(persons);
  const sizes = [persons];
  const free: number[] = [];
  contents.forEach((content, cell) => {
    const parts = new Map<number, Map<number, number>>();
    content.forEach((place, i) => {
      const amount = fieldNumber(amounts[cell]?.[i] ?? 0);
      if (amount === 0) return;
      const before = classOf[place] ?? 0;
      const into = parts.get(before) ?? new Map<number, number>();
      parts.set(before, into);
      let part = into.get(amount);
      if (part === undefined) {
        part = free.pop() ?? sizes.length;
        sizes[part] = 0;
        into.set(amount, part);
      }
      classOf[place] = part;
      sizes[part] = (sizes[part] ?? 0) + 1;
    });
    for (const [before, into] of parts) {
      for (const part of into.values()) sizes[before] = (sizes[before] ?? 0) - (sizes[part] ?? 0);
      if (sizes[before] === 0) free.push(before);
    }
  });
  return classOf;
}

function inNumbers(
  contents: readonly Int32Array[],
  amounts: readonly Float64Array[],
  classOf: Int32Array,
): Classes {
  const numbers = new Map<number, number>();
  for (const each of classOf) if (!numbers.has(each)) numbers.set(each, numbers.size);
  const numbered = classOf.map((each) => numbers.get(each) ?? 0);
  const sizes = new Int32Array(numbers.size);
  for (const each of numbered) sizes[each] = (sizes[each] ?? 0) + 1;
  const frequency = new Int32Array(numbers.size);
  const cells = contents.map((content, cell) => {
    const row = new Map<number, number>();
    content.forEach((place, i) => {
      const amount = fieldNumber(amounts[cell]?.[i] ?? 0);
      if (amount !== 0) row.set(numbered[place] ?? 0, amount);
    });
    for (const each of row.keys()) frequency[each] = (frequency[each] ?? 0) + 1;
    return { classes: Int32Array.from(row.keys()), values: Float64Array.from(row.values()) };
  });
  return { cells, sizes, frequency };
}
