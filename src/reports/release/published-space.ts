import type { Classes } from './classes.js';
import { Echelon } from './echelon.js';
import { Groups } from './groups.js';
import { K } from './k.js';
import { scaledTo, WorkingRow, type SparseRow } from './sparse-row.js';
import { standsOnFew } from './stands-on-few.js';

/** Numbers kept at most; beyond it nothing new can be shown to be safe. */
const MOST_KEPT = 30_000_000;

/** A cell as it adds to what can be worked out. */
export interface Addition {
  cell: number;
  /** What is left of it when what stands before it is taken off, as far as classes of k persons or more go. */
  rest: SparseRow;
  /** The place in `rest` of a class of k persons or more. */
  anchor: number | undefined;
}

/**
 * All that can be worked out from the published cells of a universe by adding and subtracting. A cell that holds a class of k persons
 * or more which is not cancelled by those before it can never be part of a small combination: it is anchored there. Nor can one that
 * leaves somebody in each of k groups. What remains floats, and is looked through for combinations that stand on few.
 */
export class PublishedSpace {
  readonly #working: WorkingRow;
  readonly #anchored: SparseRow[] = [];
  /** Where each of them is anchored. */
  readonly #anchors: Int32Array;
  #floating: SparseRow[] = [];
  readonly #whole: Echelon;
  readonly #groups: Groups;
  /** Numbers kept of the cells themselves. */
  #kept = 0;

  constructor(private readonly classes: Classes) {
    this.#working = new WorkingRow(classes.sizes.length);
    this.#anchors = new Int32Array(classes.cells.length);
    this.#whole = new Echelon(classes, () => true);
    this.#groups = new Groups(classes);
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
    return { cell, rest, anchor: this.#anchorIn(rest) };
  }

  /** Cells that will be asked about, from now on. */
  expect(cells: readonly number[]): void {
    this.#groups.expect(cells.map((cell) => this.#whole.restOf(cell).classes));
  }

  /** Whether nothing could be worked out with it of 1 to k − 1 persons that could not be before. */
  isSafe({ cell, rest, anchor }: Addition): boolean {
    const left = this.#whole.restOf(cell).classes;
    // What is made of those before it is known already.
    if (rest.classes.length === 0 || left.length === 0) return true;
    if (this.#isFull()) return false;
    if (anchor !== undefined || this.#groups.isSpread(cell, left)) return true;
    return !standsOnFew(rest, this.#connectedTo(rest), this.classes.sizes);
  }

  add({ cell, rest, anchor }: Addition): void {
    if (rest.classes.length === 0 || this.#isFull()) return;
    const left = this.#whole.restOf(cell);
    // Nothing that could not be worked out before.
    if (left.classes.length === 0) return;
    this.#whole.add(left);
    this.#groups.add(cell);
    this.#kept += rest.classes.length;
    if (anchor === undefined) this.#floating.push(rest);
    else {
      this.#anchors[this.#anchored.length] = rest.classes[anchor] ?? 0;
      this.#anchored.push(scaledTo(rest, anchor));
    }
  }

  #isFull(): boolean {
    return this.#kept + this.#whole.kept + this.#groups.kept > MOST_KEPT;
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

  /** Whatever shares no class with it, by way of others either, cannot cancel any of it. */
  #connectedTo(row: SparseRow): SparseRow[] {
    const reached = new Set(row.classes);
    const connected: SparseRow[] = [];
    let left = this.#floating;
    for (let grown = true; grown;) {
      const apart = left.filter((each) => {
        if (!each.classes.some((place) => reached.has(place))) return true;
        connected.push(each);
        each.classes.forEach((place) => reached.add(place));
        return false;
      });
      grown = apart.length < left.length;
      left = apart;
    }
    return connected;
  }
}
