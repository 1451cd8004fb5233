import { scaledTo, WorkingRow, type SparseRow } from './sparse-row.js';

/** Cells, of which each alone holds its pivot: what is made of some of them holds as many pivots as they are. */
export interface ReducedRow extends SparseRow {
  /** A class that it holds once. */
  pivot: number;
}

export class ReducedRows {
  readonly #working: WorkingRow;
  readonly #rows: ReducedRow[] = [];
  /** By the class that it is the pivot of, the place of the row; −1 for every other class. */
  readonly #rowOf: Int32Array;
  /** In how many of the rows each class stands. */
  readonly #standing: Int32Array;
  /** How many numbers it keeps. */
  kept = 0;

  /** `frequency`: in how many cells each class stands. */
  constructor(private readonly frequency: Int32Array) {
    this.#working = new WorkingRow(frequency.length);
    this.#standing = new Int32Array(frequency.length);
    this.#rowOf = new Int32Array(frequency.length).fill(-1);
  }

  get rows(): readonly ReducedRow[] {
    return this.#rows;
  }

  /** How many there may be. */
  get classes(): number {
    return this.frequency.length;
  }

  /** What is left of a cell where there is nothing of any pivot: empty if it is made of those that were added. */
  restOf(cell: SparseRow): SparseRow {
    this.#working.begin(cell);
    for (let i = 0; i < cell.classes.length; i++) {
      const row = this.#rows[this.#rowOf[cell.classes[i]!]!];
      if (row) this.#working.subtract(row, cell.values[i]!);
    }
    return this.#working.result();
  }

  /** What is left of a cell, and is not empty. Its pivot is the class that stands in the fewest cells, so that little has to be taken off by it. */
  add(rest: SparseRow): void {
    let pivot = 0;
    const cost = (place: number): number => this.#standing[place]! * 10000 + this.frequency[place]!;
    rest.classes.forEach((place, i) => {
      if (cost(place) < cost(rest.classes[pivot]!)) pivot = i;
    });
    const place = rest.classes[pivot]!;
    const added = { ...scaledTo(rest, pivot), pivot: place };
    this.#rows.forEach((row, i) => {
      const at = row.classes.indexOf(place);
      if (at === -1) return;
      this.#working.begin(row);
      this.#working.subtract(added, row.values[at]!);
      const cleared = this.#working.result();
      for (const one of row.classes) this.#standing[one]! -= 1;
      for (const one of cleared.classes) this.#standing[one]! += 1;
      this.kept += cleared.classes.length - row.classes.length;
      this.#rows[i] = { ...cleared, pivot: row.pivot };
    });
    this.#rowOf[place] = this.#rows.length;
    this.#rows.push(added);
    for (const one of added.classes) this.#standing[one]! += 1;
    this.kept += added.classes.length;
  }
}
