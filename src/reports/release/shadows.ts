import type { Connected } from './connected.js';
import { fieldNumber, inverse, minus, times } from './prime-field.js';
import type { SparseRow } from './sparse-row.js';

/** What is no combination of four classes looks like one by chance once in 2^52. */
const DIRECTIONS = 6;

/**
 * Some relations, taken at random from all that there are: what each class weighs in them, and what the row in question adds up to. If a
 * few classes give all that the row does in every relation, they do so in these: nothing that could be worked out is missed.
 */
export class Shadows {
  private constructor(
    /** For each relation what each class weighs, by its place among the connected. */
    readonly weights: readonly Float64Array[],
    readonly sums: readonly number[],
  ) {}

  /** `question`: what is left of the row by the others. */
  static in(question: SparseRow, { rows, classes, placeOf }: Connected): Shadows {
    const weights = Array.from({ length: DIRECTIONS }, (_, each) => drawn(classes.length, each));
    const sums = weights.map((list) => {
      // What a pivot weighs is settled by what the others do.
      for (const row of rows) list[placeOf[row.pivot]!] = 0;
      for (const row of rows) list[placeOf[row.pivot]!] = minus(0, summed(row, list, placeOf));
      return summed(question, list, placeOf);
    });
    return new Shadows(weights, sums);
  }

  /** How many numbers they are. */
  get count(): number {
    return this.weights.length * (this.weights[0]?.length ?? 0);
  }

  /** The row in question adds up to nothing in any of them. */
  get isSettled(): boolean {
    return this.sums.every((sum) => sum === 0);
  }

  /** The same of some classes only, in this order. */
  of(places: Int32Array): Shadows {
    return new Shadows(
      this.weights.map((list) => {
        const some = new Float64Array(places.length);
        for (let i = 0; i < places.length; i++) some[i] = list[places[i]!]!;
        return some;
      }),
      this.sums,
    );
  }

  /** Those of the relations in which the class has no part: one fewer, if it has. */
  without(place: number): Shadows {
    const { weights, sums } = this;
    const first = weights.findIndex((list) => list[place] !== 0);
    if (first === -1) return this;
    const by = weights[first]!;
    const once = inverse(by[place]!);
    const rest = [...weights.keys()].filter((each) => each !== first);
    const factors = rest.map((each) => times(weights[each]![place]!, once));
    return new Shadows(
      rest.map((each, i) => less(weights[each]!, by, factors[i]!)),
      rest.map((each, i) => minus(sums[each]!, times(factors[i]!, sums[first]!))),
    );
  }

  /** Those in which the row in question adds up to nothing: one fewer. There is one in which it does not. */
  balanced(): { lead: Float64Array; weights: readonly Float64Array[] } {
    const { weights, sums } = this;
    const first = sums.findIndex((sum) => sum !== 0);
    const lead = weights[first]!;
    const once = inverse(sums[first]!);
    return {
      lead,
      weights: weights.flatMap((list, i) => (i === first ? [] : [less(list, lead, times(sums[i]!, once))])),
    };
  }
}

function less(list: Float64Array, by: Float64Array, factor: number): Float64Array {
  const left = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) left[i] = minus(list[i]!, times(factor, by[i]!));
  return left;
}

function summed({ classes, values }: SparseRow, list: Float64Array, placeOf: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < classes.length; i++) {
    sum = minus(sum, minus(0, times(values[i]!, list[placeOf[classes[i]!]!]!)));
  }
  return sum;
}

/** The same each time: what is withheld must not depend on chance. */
function drawn(count: number, nth: number): Float64Array {
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let mixed = Math.imul(i * DIRECTIONS + nth + 1, 0x9e3779b1);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae3d);
    numbers[i] = fieldNumber((mixed ^ (mixed >>> 16)) >>> 0);
  }
  return numbers;
}
