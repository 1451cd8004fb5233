import { fieldNumber, inverse, minus, times } from './prime-field.js';
import type { Relation } from './relations.js';

/**
 * Relations taken together at random: for each of them what it weighs every column with, and what the row in question adds up to. If some
 * columns give all that the row does, in every relation, they do in these; so nothing that could be worked out is missed.
 */
export interface Shadows {
  /** One list for each. */
  weights: readonly Float64Array[];
  sums: readonly number[];
}

/** So many of them, of so many columns. */
export function shadowsOf(relations: readonly Relation[], columns: number, directions: number): Shadows {
  const weights = Array.from({ length: directions }, () => new Float64Array(columns));
  const sums = weights.map(() => 0);
  let drawn = 0;
  for (const relation of relations) {
    for (let each = 0; each < directions; each++) {
      const by = drawAt(drawn++);
      const list = weights[each]!;
      for (let i = 0; i < relation.columns.length; i++) {
        const column = relation.columns[i]!;
        list[column] = plus(list[column]!, times(by, relation.weights[i]!));
      }
      sums[each] = plus(sums[each]!, times(by, relation.sum));
    }
  }
  return { weights, sums };
}

/** The same each time: what is withheld must not depend on chance. */
function drawAt(place: number): number {
  let mixed = Math.imul(place + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae3d);
  return fieldNumber((mixed ^ (mixed >>> 16)) >>> 0);
}

const plus = (a: number, b: number): number => minus(a, minus(0, b));

/** Seen so that nothing of the column is there: one direction less. Undefined if there is nothing of it anyway. */
export function seenWithout({ weights, sums }: Shadows, column: number): Shadows {
  const first = weights.findIndex((list) => list[column] !== 0);
  if (first === -1) return { weights, sums };
  const by = weights[first]!;
  const inverted = inverse(by[column]!);
  const rest = [...weights.keys()].filter((each) => each !== first);
  const factors = rest.map((each) => times(weights[each]![column]!, inverted));
  return {
    weights: rest.map((each, i) => {
      const list = weights[each]!;
      const factor = factors[i]!;
      const left = new Float64Array(list.length);
      for (let place = 0; place < list.length; place++) left[place] = minus(list[place]!, times(factor, by[place]!));
      return left;
    }),
    sums: rest.map((each, i) => minus(sums[each]!, times(factors[i]!, sums[first]!))),
  };
}
