import { inverse, minus, times } from './prime-field.js';

/** Columns that, so weighted, add up to nothing in every row but one in question, in which they add up to `sum`. */
export interface Relation {
  weights: Float64Array;
  sum: number;
  /** How many columns have a weight. */
  length: number;
}

function relation(weights: Float64Array, sum: number): Relation {
  let length = 0;
  for (let i = 0; i < weights.length; i++) if (weights[i] !== 0) length += 1;
  return { weights, sum, length };
}

/** All relations of the columns of `rows` are combinations of these. The first columns stand in many of them, the last in few. */
export function relationsOf(rows: readonly Float64Array[], question: Float64Array): Relation[] {
  const reduced = inEchelon(rows, question.length);
  const pivots = new Set(reduced.map(({ pivot }) => pivot));
  const found: Relation[] = [];
  for (const [column, value] of question.entries()) {
    if (pivots.has(column)) continue;
    const weights = new Float64Array(question.length);
    weights[column] = 1;
    let sum = value;
    for (const { pivot, row } of reduced) {
      const weight = row[column] ?? 0;
      if (weight === 0) continue;
      weights[pivot] = minus(0, weight);
      sum = minus(sum, times(weight, question[pivot] ?? 0));
    }
    found.push(relation(weights, sum));
  }
  return found;
}

/** Gauss and Jordan: each row alone has its pivot. */
function inEchelon(rows: readonly Float64Array[], columns: number): { pivot: number; row: Float64Array }[] {
  const left = rows.map((row) => row.slice());
  const done: { pivot: number; row: Float64Array }[] = [];
  for (let pivot = 0; pivot < columns && left.length > 0; pivot++) {
    const at = left.findIndex((row) => row[pivot] !== 0);
    const row = left[at];
    if (!row) continue;
    left.splice(at, 1);
    const by = inverse(row[pivot] ?? 1);
    if (by !== 1) row.forEach((value, column) => (row[column] = times(value, by)));
    for (const other of left) clear(other, row, other[pivot] ?? 0);
    for (const { row: other } of done) clear(other, row, other[pivot] ?? 0);
    done.push({ pivot, row });
  }
  return done;
}

/** The relations in which the column has no part. */
export function without(relations: readonly Relation[], column: number): readonly Relation[] {
  const shortest = relations.reduce<Relation | undefined>(
    (best, each) => (each.weights[column] === 0 || (best && best.length <= each.length) ? best : each),
    undefined,
  );
  if (!shortest) return relations;
  const by = inverse(shortest.weights[column] ?? 1);
  const left: Relation[] = [];
  for (const each of relations) {
    const weight = each.weights[column] ?? 0;
    if (each === shortest) continue;
    if (weight === 0) left.push(each);
    else {
      const factor = times(weight, by);
      const weights = each.weights.slice();
      clear(weights, shortest.weights, factor);
      left.push(relation(weights, minus(each.sum, times(factor, shortest.sum))));
    }
  }
  return left;
}

/** Whether without the column nothing of the question is left in any relation. */
export function settles(relations: readonly Relation[], column: number, by: Relation): boolean {
  const weight = by.weights[column] ?? 0;
  return relations.every(({ sum, weights }) => {
    const own = weights[column] ?? 0;
    // Nearly always one of them is nothing.
    if (sum === 0 || own === 0) return sum === own;
    return times(sum, weight) === times(by.sum, own);
  });
}

function clear(row: Float64Array, by: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < row.length; i++) {
    const value = by[i] ?? 0;
    if (value !== 0) row[i] = minus(row[i] ?? 0, times(factor, value));
  }
}
