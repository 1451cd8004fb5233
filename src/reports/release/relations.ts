import { inverse, minus, times } from './prime-field.js';

/** Columns that, so weighted, add up to nothing in every row but one in question, in which they add up to `sum`. */
export interface Relation {
  weights: Float64Array;
  sum: number;
  /** How many columns have a weight. */
  length: number;
}

const relation = (weights: Float64Array, sum: number): Relation => ({
  weights,
  sum,
  length: weights.reduce((count, weight) => (weight === 0 ? count : count + 1), 0),
});

/** All relations of the columns of `rows` are combinations of these. `order`: of the columns that stand in many of them, the ones wanted first. */
export function relationsOf(
  rows: readonly Float64Array[],
  question: Float64Array,
  order: readonly number[],
): Relation[] {
  const reduced = inEchelon(rows, order);
  const pivots = new Set(reduced.map(({ pivot }) => pivot));
  return order
    .filter((column) => !pivots.has(column))
    .map((column) => {
      const weights = new Float64Array(question.length);
      weights[column] = 1;
      let sum = question[column] ?? 0;
      for (const { pivot, row } of reduced) {
        const weight = row[column] ?? 0;
        if (weight === 0) continue;
        weights[pivot] = minus(0, weight);
        sum = minus(sum, times(weight, question[pivot] ?? 0));
      }
      return relation(weights, sum);
    });
}

/** Gauss and Jordan: each row alone has its pivot. */
function inEchelon(
  rows: readonly Float64Array[],
  order: readonly number[],
): { pivot: number; row: Float64Array }[] {
  const left = rows.map((row) => row.slice());
  const done: { pivot: number; row: Float64Array }[] = [];
  for (const pivot of order) {
    if (left.length === 0) break;
    const at = left.findIndex((row) => row[pivot] !== 0);
    const row = left[at];
    if (!row) continue;
    left.splice(at, 1);
    const by = inverse(row[pivot] ?? 1);
    for (const column of order) row[column] = times(row[column] ?? 0, by);
    for (const other of left) clear(other, row, other[pivot] ?? 0);
    for (const { row: other } of done) clear(other, row, other[pivot] ?? 0);
    done.push({ pivot, row });
  }
  return done;
}

/** The relations in which the column has no part. */
export function without(relations: readonly Relation[], column: number): readonly Relation[] {
  const with_ = relations.filter(({ weights }) => weights[column] !== 0);
  const shortest = with_.reduce<Relation | undefined>(
    (best, each) => (best && best.length <= each.length ? best : each),
    undefined,
  );
  if (!shortest) return relations;
  const by = inverse(shortest.weights[column] ?? 1);
  return relations.flatMap((each) => {
    const weight = each.weights[column] ?? 0;
    if (weight === 0) return [each];
    if (each === shortest) return [];
    const factor = times(weight, by);
    const weights = each.weights.slice();
    clear(weights, shortest.weights, factor);
    return [relation(weights, minus(each.sum, times(factor, shortest.sum)))];
  });
}

/** Whether without the column nothing of the question is left in any relation. */
export function settles(relations: readonly Relation[], column: number, by: Relation): boolean {
  const weight = by.weights[column] ?? 0;
  return relations.every(
    (each) => times(each.sum, weight) === times(by.sum, each.weights[column] ?? 0),
  );
}

function clear(row: Float64Array, by: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let i = 0; i < row.length; i++) {
    const value = by[i] ?? 0;
    if (value !== 0) row[i] = minus(row[i] ?? 0, times(factor, value));
  }
}
