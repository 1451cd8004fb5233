import type { ReducedRows } from './reduced-rows.js';
import { inverse, minus, times } from './prime-field.js';
import type { SparseRow } from './sparse-row.js';

/** Columns that, so weighted, add up to nothing in every row but the one in question, in which they add up to `sum`. */
export interface Relation {
  /** Ascending. */
  columns: Int32Array;
  /** Never 0. */
  weights: Float64Array;
  sum: number;
}

/** The rows that can cancel anything of one in question, seen in their own columns. */
export interface Connected {
  /** The class of each column. */
  classes: Int32Array;
  /** Every relation of the columns is a combination of these. */
  relations: Relation[];
}

/** `question`: what is left of a row by the others. */
export function connectedTo(question: SparseRow, others: ReducedRows): Connected {
  const { rows, columnsOf, classes } = reachedFrom(question, others);
  const entries: { columns: number[]; weights: number[] }[] = [];
  const sums = new Map(question.classes.entries().map(([i, one]) => [columnsOf.get(one)!, question.values[i]!]));
  const isFree = classes.map((one) => (others.isPivot(one) ? 0 : 1));
  isFree.forEach((free, column) => {
    if (free === 1) entries[column] = { columns: [column], weights: [1] };
  });
  for (const { classes: those, values } of rows) {
    const pivot = columnsOf.get(those.find((one) => others.isPivot(one))!)!;
    those.forEach((one, i) => {
      const entry = entries[columnsOf.get(one)!];
      if (!entry) return;
      entry.columns.push(pivot);
      entry.weights.push(minus(0, values[i]!));
    });
  }
  const relations: Relation[] = [];
  entries.forEach(({ columns, weights }, free) => {
    const order = columns.map((_, i) => i).sort((a, b) => columns[a]! - columns[b]!);
    relations.push({
      columns: Int32Array.from(order, (i) => columns[i]!),
      weights: Float64Array.from(order, (i) => weights[i]!),
      sum: sums.get(free) ?? 0,
    });
  });
  return { classes, relations };
}

/** Whatever shares no class with the row, by way of others either, cannot cancel any of it. */
function reachedFrom(
  question: SparseRow,
  { rows }: ReducedRows,
): { rows: SparseRow[]; classes: Int32Array; columnsOf: ReadonlyMap<number, number> } {
  const columnsOf = new Map([...question.classes].map((one, column) => [one, column]));
  const reached: SparseRow[] = [];
  let left = rows;
  for (let grown = true; grown;) {
    const apart = left.filter((row) => {
      if (!row.classes.some((one) => columnsOf.has(one))) return true;
      reached.push(row);
      for (const one of row.classes) if (!columnsOf.has(one)) columnsOf.set(one, columnsOf.size);
      return false;
    });
    grown = apart.length < left.length;
    left = apart;
  }
  return { rows: reached, classes: Int32Array.from(columnsOf.keys()), columnsOf };
}

/** The relations in which the column has no part. */
export function without(relations: readonly Relation[], column: number): readonly Relation[] {
  let shortest: Relation | undefined;
  const at = relations.map((each) => each.columns.indexOf(column));
  relations.forEach((each, i) => {
    if (at[i] !== -1 && !(shortest && shortest.columns.length <= each.columns.length)) shortest = each;
  });
  if (!shortest) return relations;
  const by = inverse(shortest.weights[shortest.columns.indexOf(column)]!);
  const left: Relation[] = [];
  relations.forEach((each, i) => {
    if (each === shortest) return;
    left.push(at[i] === -1 ? each : cleared(each, shortest!, times(each.weights[at[i]!]!, by)));
  });
  return left;
}

/** The one, less so much of the other. */
function cleared(one: Relation, other: Relation, factor: number): Relation {
  const columns = new Int32Array(one.columns.length + other.columns.length);
  const weights = new Float64Array(columns.length);
  let length = 0;
  for (let i = 0, j = 0; i < one.columns.length || j < other.columns.length;) {
    const a = one.columns[i] ?? Infinity;
    const b = other.columns[j] ?? Infinity;
    const weight = minus(a <= b ? one.weights[i]! : 0, b <= a ? times(factor, other.weights[j]!) : 0);
    if (weight !== 0) {
      columns[length] = Math.min(a, b);
      weights[length] = weight;
      length += 1;
    }
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return {
    columns: columns.slice(0, length),
    weights: weights.slice(0, length),
    sum: minus(one.sum, times(factor, other.sum)),
  };
}
