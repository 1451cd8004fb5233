import type { ReducedRow, ReducedRows } from './reduced-rows.js';
import type { SparseRow } from './sparse-row.js';

/** The rows that can cancel anything of one in question. */
export interface Connected {
  rows: readonly ReducedRow[];
  /** All that stand in them, or in the one in question. */
  classes: Int32Array;
  /** By its number, the place of a class among these; −1 of any other. */
  placeOf: Int32Array;
}

/** Whatever shares no class with the row, by way of others either, cannot cancel any of it. */
export function connectedTo(question: SparseRow, { rows, classes: count }: ReducedRows): Connected {
  const placeOf = new Int32Array(count).fill(-1);
  const classes: number[] = [];
  const reach = (one: number): void => {
    if (placeOf[one] !== -1) return;
    placeOf[one] = classes.length;
    classes.push(one);
  };
  question.classes.forEach(reach);
  const reached: ReducedRow[] = [];
  let left = rows;
  for (let grown = true; grown;) {
    const apart = left.filter((row) => {
      if (!row.classes.some((one) => placeOf[one] !== -1)) return true;
      reached.push(row);
      row.classes.forEach(reach);
      return false;
    });
    grown = apart.length < left.length;
    left = apart;
  }
  return { rows: reached, classes: Int32Array.from(classes), placeOf };
}
