import type { Classes } from './classes.js';
import { K } from './k.js';
import { ReducedRows } from './reduced-rows.js';
import { scaledTo, WorkingRow, type SparseRow } from './sparse-row.js';
import { standsOnFew } from './stands-on-few.js';
import type { Work } from './work.js';

/** Numbers kept at most; beyond it nothing new can be shown to be safe. */
const MOST_KEPT = 30_000_000;

/** A cell as it adds to what can be worked out. */
export interface Addition {
  /** What is left of it when what stands before it is taken off, as far as classes of k persons or more go. */
  rest: SparseRow;
  /** The place in `rest` of a class of k persons or more. */
  anchor: number | undefined;
}

/**
 * All that can be worked out from the published cells of a universe by adding and subtracting. A cell that holds a class of k persons
 * or more which is not cancelled by those before it can never be part of a small combination: it is anchored there. What remains floats, and is looked through for combinations that stand on few.
 */
export class PublishedSpace {
  readonly #working: WorkingRow;
  readonly #anchored: SparseRow[] = [];
  /** Where each of them is anchored. */
  readonly #anchors: Int32Array;
  readonly #floating: ReducedRows;
  /** Numbers kept of what is anchored. */
  #kept = 0;
  /** Something was published that is not kept. */
  #isFull = false;

  constructor(
    private readonly classes: Classes,
    private readonly work: Work,
  ) {
    this.#working = new WorkingRow(classes.sizes.length);
    this.#anchors = new Int32Array(classes.cells.length);
    this.#floating = new ReducedRows(classes.sizes.length);
  }

  /** Of a cell, by its number in the classes. */
  additionOf(cell: number): Addition {
    const row = this.classes.cells[cell];
    if (!row) throw new Error(`there is no cell ${cell}`);
    this.#working.begin(row);
    for (let i = 0; i < this.#anchored.length; i++) {
      const factor = this.#working.at(this.#anchors[i] ?? 0);
      const before = this.#anchored[i];
      if (factor !== 0 && before) this.#working.subtract(before, factor);
    }
    const rest = this.#working.result();
    return { rest, anchor: this.#anchorIn(rest) };
  }

  /** Whether nothing could be worked out with it of 1 to k − 1 persons that could not be before. */
  isSafe({ rest, anchor }: Addition): boolean {
    // What is made of those before it is known already.
    if (rest.classes.length === 0) return true;
    if (this.#isFull) return false;
    if (anchor !== undefined) return true;
    const left = this.#floating.restOf(rest);
    return (
      left.classes.length === 0 ||
      !standsOnFew(left, this.#floating, { sizes: this.classes.sizes, work: this.work })
    );
  }

  add({ rest, anchor }: Addition): void {
    if (rest.classes.length === 0 || this.#isFull) return;
    const left = anchor === undefined ? this.#floating.restOf(rest) : rest;
    // Nothing that could not be worked out before.
    if (left.classes.length === 0) return;
    this.#isFull = this.#keptWith(left, anchor) > MOST_KEPT;
    if (this.#isFull) return;
    if (anchor === undefined) this.#floating.add(left);
    else {
      this.#kept += left.classes.length;
      this.#anchors[this.#anchored.length] = left.classes[anchor]!;
      this.#anchored.push(scaledTo(left, anchor));
    }
  }

  #keptWith(left: SparseRow, anchor: number | undefined): number {
    return anchor === undefined
      ? this.#kept + this.#floating.mostKeptWith(left)
      : this.#kept + left.classes.length + this.#floating.kept;
  }

  /** In as few cells as may be, so that little has to be taken off by it. */
  #anchorIn({ classes }: SparseRow): number | undefined {
    let best: number | undefined;
    let least = Infinity;
    classes.forEach((place, i) => {
      const frequency = this.classes.frequency[place] ?? 0;
      if ((this.classes.sizes[place] ?? 0) >= K && frequency < least) {
        least = frequency;
        best = i;
      }
    });
    return best;
  }
}
