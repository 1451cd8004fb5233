import { K } from './k.js';
import type { Membership } from './membership.js';

/** Contributions that stand in exactly the same cells are one class: whatever is worked out of these cells, they are in it alike. */
export interface Classes {
  /** For each cell, its classes. */
  cells: readonly Int32Array[];
  /** For each class, whose contributions they are; no more than k of them, since by then it does not matter who. */
  persons: readonly (readonly number[])[];
  /** For each class, in how many cells it stands. */
  frequency: Int32Array;
}

export function classesOf(cells: readonly Membership[]): Classes {
  const places = new Map<number, number>();
  const persons: number[] = [];
  const contents = cells.map(({ contributions, persons: whose }) =>
    Int32Array.from(contributions, (contribution, i) => {
      let place = places.get(contribution);
      if (place === undefined) {
        place = persons.length;
        places.set(contribution, place);
        persons.push(whose[i] ?? 0);
      }
      return place;
    }),
  );
  const classOf = refined(contents, persons.length);
  return inNumbers(contents, classOf, persons);
}

/** Each cell splits every class that it holds a part of. */
function refined(contents: readonly Int32Array[], size: number): Int32Array {
  const classOf = new Int32Array(size);
  const sizes = [size];
  const splitBy = [-1];
  const splitInto = [0];
  const free: number[] = [];
  contents.forEach((content, cell) => {
    for (const place of content) {
      const before = classOf[place] ?? 0;
      if (splitBy[before] !== cell) {
        const into = free.pop() ?? sizes.length;
        sizes[into] = 0;
        splitBy[into] = -1;
        splitInto[before] = into;
        splitBy[before] = cell;
      }
      const into = splitInto[before] ?? 0;
      classOf[place] = into;
      sizes[into] = (sizes[into] ?? 0) + 1;
      sizes[before] = (sizes[before] ?? 0) - 1;
      if (sizes[before] === 0) free.push(before);
    }
  });
  return classOf;
}

function inNumbers(contents: readonly Int32Array[], classOf: Int32Array, whose: readonly number[]): Classes {
  const numbers = new Map<number, number>();
  const persons: number[][] = [];
  const numbered = classOf.map((each, place) => {
    let number = numbers.get(each);
    if (number === undefined) {
      number = persons.length;
      numbers.set(each, number);
      persons.push([]);
    }
    const known = persons[number];
    const person = whose[place] ?? 0;
    if (known && known.length < K && !known.includes(person)) known.push(person);
    return number;
  });
  const frequency = new Int32Array(persons.length);
  const cells = contents.map((content) => {
    const within = Int32Array.from(new Set(content.map((place) => numbered[place] ?? 0)));
    for (const each of within) frequency[each] = (frequency[each] ?? 0) + 1;
    return within;
  });
  return { cells, persons, frequency };
}
