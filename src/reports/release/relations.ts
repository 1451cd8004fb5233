import type { Connected } from './connected.js';
import { inverse, minus, times } from './prime-field.js';
import { WorkingRow, type SparseRow } from './sparse-row.js';

/**
 * Classes that, so weighted, add up to nothing in every row but the one in question, in which they add up to `sum`. They go by their
 * places among the connected.
 */
export interface Relation extends SparseRow {
  sum: number;
}

/**
 * A relation for each class that is no pivot: every relation is a combination of these. `question`: what is left of a row by the others;
 * `isOpen`: only those in which it does not add up to nothing.
 */
export function relationsOf(
  question: SparseRow,
  { rows, classes, placeOf }: Connected,
  { isOpen }: { isOpen: boolean },
): Relation[] {
  const found: ({ classes: number[]; values: number[]; sum: number } | undefined)[] = [];
  const begin = (place: number): void => void (found[place] = { classes: [place], values: [1], sum: 0 });
  if (!isOpen) classes.forEach((_, place) => begin(place));
  question.classes.forEach((one, i) => {
    begin(placeOf[one]!);
    found[placeOf[one]!]!.sum = question.values[i]!;
  });
  for (const { pivot } of rows) found[placeOf[pivot]!] = undefined;
  for (const { pivot, classes: those, values } of rows) {
    for (let i = 0; i < those.length; i++) {
      const relation = found[placeOf[those[i]!]!];
      if (!relation) continue;
      relation.classes.push(placeOf[pivot]!);
      relation.values.push(minus(0, values[i]!));
    }
  }
  return found
    .filter((one) => one !== undefined)
    .map(({ classes: those, values, sum }) => ({
      classes: Int32Array.from(those),
      values: Float64Array.from(values),
      sum,
    }));
}

/** The relations in which the class has no part, of so many classes. */
export function without(relations: readonly Relation[], place: number, classes: number): readonly Relation[] {
  const at = relations.map((each) => each.classes.indexOf(place));
  const shortest = relations.reduce<Relation | undefined>(
    (best, each, i) => (at[i] === -1 || (best && best.classes.length <= each.classes.length) ? best : each),
    undefined,
  );
  if (!shortest) return relations;
  const by = inverse(shortest.values[shortest.classes.indexOf(place)]!);
  const working = new WorkingRow(classes);
  const left: Relation[] = [];
  relations.forEach((each, i) => {
    if (at[i] === -1) left.push(each);
    else if (each !== shortest) {
      const factor = times(each.values[at[i]!]!, by);
      working.begin(each);
      working.subtract(shortest, factor);
      left.push({ ...working.result(), sum: minus(each.sum, times(factor, shortest.sum)) });
    }
  });
  return left;
}
