import { seededRandom } from '../random.js';

export interface DisturbanceOptions {
  /** The share of events delivered twice, 0 to 1. */
  duplicates?: number;
  /** The share of events that change places with another one. */
  reordered?: number;
  /** How far apart two events that change places may be. */
  window?: number;
  seed?: number;
  /** Reads of `$all` as well, not subscriptions alone. */
  reads?: boolean;
}

/** Spoils the order and the number of what is delivered, never leaves anything out, and does the same in each run. */
export class Disturbance {
  readonly window: number;
  readonly alsoReads: boolean;
  readonly #duplicates: number;
  readonly #reordered: number;
  readonly #random: () => number;

  constructor({ duplicates = 0, reordered = 0, window = 16, seed = 1, reads = false }: DisturbanceOptions) {
    this.#duplicates = duplicates;
    this.#reordered = reordered;
    this.window = window;
    this.alsoReads = reads;
    this.#random = seededRandom(seed);
  }

  apply<T>(run: readonly T[]): T[] {
    const spoilt = run.flatMap((item) => (this.#random() < this.#duplicates ? [item, item] : [item]));
    for (const index of spoilt.keys()) {
      if (this.#random() < this.#reordered) this.#swap(spoilt, index);
    }
    return spoilt;
  }

  #swap(items: unknown[], index: number): void {
    const other = Math.floor(this.#random() * items.length);
    const [one, two] = [items[index], items[other]];
    if (one === undefined || two === undefined) return;
    items[index] = two;
    items[other] = one;
  }
}
