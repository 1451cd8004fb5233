import type { Classes } from './classes.js';
import { Echelon } from './echelon.js';
import { K } from './k.js';

/** How often the classes are put into other groups for the sake of one cell. */
const MOST_TRIES = 4;
/** How often for all, and how many times a cell may be set against another by it: a few seconds. */
const MOST_REGROUPED = 24;
const MOST_ANEW = 100_000_000;
/** A remainder of more classes is in every group anyway. */
const MOST_IN_REMAINDER = 200;

/**
 * All classes in k groups that share none. A cell that in each of them is not made of the cells before it leaves somebody in each,
 * with whatever it is combined: so at least k persons. That holds for any groups; but the fewer persons a combination leaves, the more
 * it matters that they are not in the same ones. So the groups are made such that what is known to be left is in each of them.
 */
export class Groups {
  #groupOf: Int32Array;
  /** Empty until it is known what to expect. */
  #groups: Echelon[] = [];
  readonly #added: number[] = [];
  readonly #remainders: Int32Array[] = [];
  #regrouped = 0;
  #anew = 0;

  constructor(private readonly classes: Classes) {
    this.#groupOf = classes.sizes.map((_, place) => place % K);
  }

  /** How many numbers are kept. */
  get kept(): number {
    return this.#groups.reduce((sum, { kept }) => sum + kept, 0);
  }

  add(cell: number): void {
    this.#added.push(cell);
    for (const group of this.#groups) group.add(group.restOf(cell));
  }

  /** Makes groups for these remainders, too: of each, the classes in which a combination of cells is not nothing. */
  expect(remainders: readonly Int32Array[]): void {
    this.#remainders.push(...remainders.filter(({ length }) => length >= K && length < MOST_IN_REMAINDER));
    this.#regroup();
  }

  /** Whether it is shown that somebody is left in each group; `remainder`: what is left of the cell by some combination. */
  isSpread(cell: number, remainder: Int32Array): boolean {
    let left = remainder;
    for (let tries = 0; ; tries++) {
      const missed = this.#groups.findIndex((group) => group.restOf(cell).classes.length === 0);
      if (missed < 0) return true;
      if (tries === MOST_TRIES || this.#regrouped >= MOST_REGROUPED || this.#anew > MOST_ANEW) return false;
      if (this.#isInEach(left)) left = this.#outside(missed, cell);
      if (left.length < K) return false;
      this.expect([left]);
      if (!this.#isInEach(left)) return false;
    }
  }

  #isInEach(remainder: Int32Array): boolean {
    return new Set(Array.from(remainder, (place) => this.#groupOf[place])).size === K;
  }

  /** What is left of the cell by a combination that leaves nothing in the group. */
  #outside(group: number, cell: number): Int32Array {
    const all = new Echelon(
      this.classes,
      () => true,
      (place) => this.#groupOf[place] === group,
    );
    for (const each of this.#added) all.add(all.restOf(each));
    return all.restOf(cell).classes;
  }

  /** The short remainders first: they leave the least choice. */
  #regroup(): void {
    this.#regrouped += 1;
    const groupOf = new Int32Array(this.classes.sizes.length).fill(-1);
    const sizes = new Int32Array(K);
    for (const remainder of this.#remainders.sort((a, b) => a.length - b.length)) {
      const missing = [...sizes.keys()]
        .filter((group) => !remainder.some((place) => groupOf[place] === group))
        .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0));
      for (const place of remainder) {
        if (groupOf[place] !== -1) continue;
        const group = missing.pop();
        if (group === undefined) break;
        groupOf[place] = group;
        sizes[group] = (sizes[group] ?? 0) + 1;
      }
    }
    this.#groupOf = groupOf.map((group, place) => (group === -1 ? place % K : group));
    this.#groups = Array.from(
      { length: K },
      (_, group) => new Echelon(this.classes, (place) => this.#groupOf[place] === group),
    );
    for (const cell of this.#added) for (const group of this.#groups) group.add(group.restOf(cell));
    this.#anew += this.#added.length ** 2;
  }
}
