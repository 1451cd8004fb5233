import { seededRandom } from '../random.js';

export interface DisturbanceOptions {
  /** The share of events delivered twice, 0 to 1. */
  duplicates?: number;
  /** The share of events that come late: others overtake them, which are there already or come within a moment. */
  reordered?: number;
  /** How many others may overtake one, at most. */
  window?: number;
  seed?: number;
  /** Reads of `$all` as well, not subscriptions alone. */
  reads?: boolean;
}

/** Spoils the order and the number of what is delivered, and never leaves anything out. */
export class Disturbance {
  readonly alsoReads: boolean;
  readonly #random: () => number;

  constructor(private readonly options: DisturbanceOptions) {
    this.alsoReads = options.reads ?? false;
    this.#random = seededRandom(options.seed ?? 1);
  }

  /** For one call. */
  begin<T>(): Disorder<T> {
    return new Disorder(this.options, this.#random);
  }
}

/** What is delivered in one call, and what waits there to be overtaken. */
export class Disorder<T> {
  readonly #duplicates: number;
  readonly #reordered: number;
  readonly #window: number;
  #late: { item: T; overtakers: number }[] = [];

  constructor(
    { duplicates = 0, reordered = 0, window = 16 }: DisturbanceOptions,
    private readonly random: () => number,
  ) {
    this.#duplicates = duplicates;
    this.#reordered = reordered;
    this.#window = window;
  }

  get isKeepingBack(): boolean {
    return this.#late.length > 0;
  }

  /** What goes out when these are to. */
  apply(run: readonly T[]): T[] {
    return run.flatMap((item) => {
      const copies = this.random() < this.#duplicates ? [item, item] : [item];
      return copies.flatMap((copy) => this.#one(copy));
    });
  }

  /** What would otherwise wait for ever. */
  release(): T[] {
    const late = this.#late.map(({ item }) => item);
    this.#late = [];
    return late;
  }

  #one(item: T): T[] {
    if (this.random() < this.#reordered) {
      this.#late.push({ item, overtakers: 1 + Math.floor(this.random() * this.#window) });
      return [];
    }
    for (const waiting of this.#late) waiting.overtakers -= 1;
    const due = this.#late.filter(({ overtakers }) => overtakers === 0);
    this.#late = this.#late.filter(({ overtakers }) => overtakers > 0);
    return [item, ...due.map((waiting) => waiting.item)];
  }
}
