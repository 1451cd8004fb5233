/** Who is behind a number, and what each of them adds to it: compact, as there may be a hundred thousand of them behind each of a thousand. */
export interface Behind {
  /** By their places in the list of all. */
  places: Int32Array;
  /** What each adds, in the smaller world; of money in the smallest unit. Absent: 1 each. */
  least?: Float64Array;
  /** In the larger world; Infinity: without end. Absent: the same. */
  most?: Float64Array;
  /** Where means are worked out, each amount that went into them, person by person. */
  each?: readonly (readonly number[])[];
}

const FIRST_ROOM = 8;
const GROWTH = 1.5;

/** The same while it is added up, person by person. */
export class BehindSoFar {
  #size = 0;
  #places = new Int32Array(FIRST_ROOM);
  #least: Float64Array | undefined;
  #most: Float64Array | undefined;
  #each: number[][] | undefined;

  /** Of a person who is not among them yet. */
  begin(place: number, least: number, most = least): void {
    if (this.#size === this.#places.length) this.#grow();
    this.#places[this.#size] = place;
    this.#size += 1;
    if (this.#least) this.#least[this.#size - 1] = 1;
    if (this.#most) this.#most[this.#size - 1] = 1;
    if (least !== 1 || most !== 1) this.more(least - 1, most - 1);
  }

  /** Of the person who was begun last. */
  more(least: number, most = least): void {
    const last = this.#size - 1;
    if (least !== most) this.#most ??= this.#least ? this.#least.slice() : this.#ones();
    this.#least ??= this.#ones();
    this.#least[last]! += least;
    if (this.#most) this.#most[last]! += most;
  }

  /** One of the amounts of the person who was begun last. */
  amount(amount: number): void {
    this.#each ??= [];
    (this.#each[this.#size - 1] ??= []).push(amount);
  }

  behind(): Behind {
    return {
      places: this.#places.slice(0, this.#size),
      ...(this.#least && { least: this.#least.slice(0, this.#size) }),
      ...(this.#most && { most: this.#most.slice(0, this.#size) }),
      ...(this.#each && { each: this.#each }),
    };
  }

  #ones(): Float64Array {
    return new Float64Array(this.#places.length).fill(1, 0, this.#size);
  }

  #grow(): void {
    const room = Math.ceil(this.#size * GROWTH);
    const grown = (numbers: Float64Array): Float64Array => {
      const larger = new Float64Array(room);
      larger.set(numbers);
      return larger;
    };
    const places = new Int32Array(room);
    places.set(this.#places);
    this.#places = places;
    this.#least &&= grown(this.#least);
    this.#most &&= grown(this.#most);
  }
}
