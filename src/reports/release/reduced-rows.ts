import { scaledTo, WorkingRow, type SparseRow } from './sparse-row.js';

export interface ReducedRow extends SparseRow {
  /** A class that it holds once, and no other row at all. */
  pivot: number;
}

/** Cells, reduced by each other: what is made of some of them holds as many pivots as they are. */
export class ReducedRows {
  readonly #working: WorkingRow;
  readonly #rows: ReducedRow[] = [];
  /** By the class that it is the pivot of, the place of the row; −1 for every other class. */
  readonly #rowOf: Int32Array;
  /** In how many rows each class stands. */
  readonly #standing: Int32Array;
  #kept = 0;

  constructor(readonly classes: number) {
    this.#working = new WorkingRow(classes);
    this.#rowOf = new Int32Array(classes).fill(-1);
    this.#standing = new Int32Array(classes);
  }

  /** How many numbers are kept. */
  get kept(): number {
    return this.#kept;
  }

  get rows(): readonly ReducedRow[] {
    return this.#rows;
  }

  /** What is left of a cell when there is nothing of any pivot: empty if it is made of those that were added. */
  restOf(cell: SparseRow): SparseRow {
    this.#working.begin(cell);
    for (let i = 0; i < cell.classes.length; i++) {
      const row = this.#rows[this.#rowOf[cell.classes[i]!]!];
      if (row) this.#working.subtract(row, cell.values[i]!);
    }
    return this.#working.result();
  }

  /** How many numbers there can be with what is left of a cell. */
  mostKeptWith(rest: SparseRow): number {
    const cleared = this.#standing[rest.classes[this.#pivotIn(rest)]!]!;
    return this.#kept + (cleared + 1) * rest.classes.length;
  }

  /** What is left of a cell, and is not empty. */
  add(rest: SparseRow): void {
    const at = this.#pivotIn(rest);
    const pivot = rest.classes[at]!;
    const added = { ...scaledTo(rest, at), pivot };
    this.#rows.forEach((row, i) => {
      const held = row.classes.indexOf(pivot);
      if (held === -1) return;
      this.#working.begin(row);
      this.#working.subtract(added, row.values[held]!);
      this.#rows[i] = { ...this.#working.result(), pivot: row.pivot };
      this.#count(row, -1);
      this.#count(this.#rows[i], 1);
    });
    this.#rowOf[pivot] = this.#rows.length;
    this.#rows.push(added);
    this.#count(added, 1);
  }

  /** Where the fewest rows have to be cleared of it: they stay short, and so do the relations of their classes. */
  #pivotIn({ classes }: SparseRow): number {
    let best = 0;
    for (let i = 1; i < classes.length; i++)
      if (this.#standing[classes[i]!]! < this.#standing[classes[best]!]!) best = i;
    return best;
  }

  #count({ classes }: SparseRow, by: 1 | -1): void {
    for (const place of classes) this.#standing[place]! += by;
    this.#kept += by * classes.length;
  }
}
