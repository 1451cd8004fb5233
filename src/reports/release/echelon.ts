import type { Classes } from './classes.js';
import { scaledTo, WorkingRow, type SparseRow } from './sparse-row.js';

/** Cells as seen in some of the classes only: those that were added, each reduced by the ones before it. */
export class Echelon {
  readonly #working: WorkingRow;
  readonly #rows: SparseRow[] = [];
  /** Where each of them holds something that the later ones do not. */
  readonly #pivots: Int32Array;
  /** How many numbers it keeps. */
  kept = 0;

  constructor(
    private readonly classes: Classes,
    private readonly isSeen: (place: number) => boolean,
    /** Classes of which nothing is to be left where that can be. */
    private readonly isFirst: (place: number) => boolean = () => false,
  ) {
    this.#working = new WorkingRow(classes.sizes.length);
    this.#pivots = new Int32Array(classes.cells.length);
  }

  /** What is left of a cell, by its number: empty if in these classes it is made of those that were added. */
  restOf(cell: number): SparseRow {
    const { classes, values } = this.classes.cells[cell] ?? { classes: [], values: [] };
    const seen = [...classes.keys()].filter((i) => this.isSeen(classes[i] ?? 0));
    this.#working.begin({
      classes: Int32Array.from(seen, (i) => classes[i] ?? 0),
      values: Float64Array.from(seen, (i) => values[i] ?? 0),
    });
    for (let i = 0; i < this.#rows.length; i++) {
      const factor = this.#working.at(this.#pivots[i] ?? 0);
      const before = this.#rows[i];
      if (factor !== 0 && before) this.#working.subtract(before, factor);
    }
    return this.#working.result();
  }

  /** In the class that stands in the fewest cells, so that little has to be taken off by it. */
  add(rest: SparseRow): void {
    if (rest.classes.length === 0) return;
    const pivot = rest.classes.reduce(
      (best, place, i) => (this.#isBefore(place, rest.classes[best] ?? 0) ? i : best),
      0,
    );
    this.#pivots[this.#rows.length] = rest.classes[pivot] ?? 0;
    this.#rows.push(scaledTo(rest, pivot));
    this.kept += rest.classes.length;
  }

  #isBefore(one: number, other: number): boolean {
    const isFirst = this.isFirst(one);
    if (isFirst !== this.isFirst(other)) return isFirst;
    const { frequency } = this.classes;
    return (frequency[one] ?? 0) < (frequency[other] ?? 0);
  }
}
