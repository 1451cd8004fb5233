import type { Behind } from '../figures/behind.js';
import { numberFor, ones, type Membership } from './membership.js';
import { Numbered } from './numbered.js';

/** All whom a report counts, by their places in a list: each is hashed once, and none is sorted again for every cell. */
export class Persons {
  /** Ascending, each once. */
  readonly #numbers: Float64Array;
  /** By the place of a person, the place of the number. */
  readonly #ranks: Int32Array;
  /** What each adds up to, by the place of the number; zeros between two cells. */
  readonly #sums: Float64Array;

  constructor(ids: readonly string[]) {
    const numbered = new Numbered();
    const places = Int32Array.from(ids, (id) => numbered.placeOf(numberFor(id)));
    this.#numbers = numbered.persons.toSorted();
    const ranks = new Int32Array(numbered.count);
    this.#numbers.forEach((number, rank) => (ranks[numbered.placeOf(number)] = rank));
    this.#ranks = places.map((place) => ranks[place]!);
    this.#sums = new Float64Array(this.#numbers.length);
  }

  /** Gives what `amounts` of these persons come to, 1 each if there are none; the persons themselves are shared. */
  memberships({ places }: Pick<Behind, 'places'>): (amounts?: Float64Array) => Membership {
    const ofEach = places.map((place) => this.#ranks[place]!);
    const ranks = distinctIn(ofEach.toSorted());
    const persons = new Float64Array(ranks.length);
    for (let i = 0; i < ranks.length; i++) persons[i] = this.#numbers[ranks[i]!]!;
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

/** Each once, in the room of all; they are sorted. */
function distinctIn(sorted: Int32Array): Int32Array {
  let count = 0;
  for (const rank of sorted) if (count === 0 || rank !== sorted[count - 1]) sorted[count++] = rank;
  return sorted.subarray(0, count);
}
