import type { Behind } from '../figures/behind.js';
import { numberFor, ones, type Membership } from './membership.js';

/** All whom a report counts, by their places in a list: each is hashed once, and none is sorted again for every cell. */
export class Persons {
  /** Ascending, each once. */
  readonly #numbers: Float64Array;
  /** By the place of a person, the place of the number. */
  readonly #ranks: Int32Array;
  /** What each adds up to, by the place of the number; zeros between two cells. */
  readonly #sums: Float64Array;

  constructor(ids: readonly string[]) {
    const numbers = Float64Array.from(ids, numberFor);
    this.#numbers = Float64Array.from(new Set(numbers.toSorted()));
    const ranks = new Map(this.#numbers.entries().map(([rank, number]) => [number, rank]));
    this.#ranks = Int32Array.from(numbers, (number) => ranks.get(number) ?? 0);
    this.#sums = new Float64Array(this.#numbers.length);
  }

  /** Gives what `amounts` of these persons come to, 1 each if there are none; the persons themselves are shared. */
  memberships({ places }: Pick<Behind, 'places'>): (amounts?: Float64Array) => Membership {
    const ofEach = places.map((place) => this.#ranks[place] ?? 0);
    const sorted = ofEach.toSorted();
    const ranks = sorted.filter((rank, i) => rank !== sorted[i - 1]);
    const persons = Float64Array.from(ranks, (rank) => this.#numbers[rank] ?? 0);
    return (amounts) => ({
      persons,
      amounts: amounts ? this.#summed(ofEach, ranks, amounts) : ones(persons.length),
    });
  }

  #summed(ofEach: Int32Array, ranks: Int32Array, amounts: Float64Array): Float64Array {
    ofEach.forEach((rank, i) => (this.#sums[rank] = (this.#sums[rank] ?? 0) + (amounts[i] ?? 0)));
    return Float64Array.from(ranks, (rank) => {
      const sum = this.#sums[rank] ?? 0;
      this.#sums[rank] = 0;
      return sum;
    });
  }
}
