import { inverse, times } from './prime-field.js';
import { seenWithout, type Shadows } from './shadows.js';

/** Directions in which two columns are looked for: two of them can be the same by chance only once in 2^52. */
export const DIRECTIONS = 4;

/** Whether one of the columns, or two of them that are one person each, give all that the row does. `isOpen`: which may be taken, `most`: 1 or 2 persons. */
export function settledByFew(
  { weights, sums }: Shadows,
  sizes: Uint8Array,
  isOpen: Uint8Array,
  most: number,
): boolean {
  const columns = sizes.length;
  // The row itself as a further column, of which nothing is to be seen.
  const first = sums.findIndex((sum) => sum !== 0);
  if (first === -1) return true;
  const inverted = inverse(sums[first]!);
  const by = weights[first]!;
  const rest = [...weights.keys()].filter((each) => each !== first);
  const factors = rest.map((each) => times(sums[each]!, inverted));
  const lists = rest.map((each) => weights[each]!);
  const like = new Map<number, number>();
  for (let column = 0; column < columns; column++) {
    if (isOpen[column] === 0 || sizes[column]! > most) continue;
    const own = by[column]!;
    const left = lists.map((list, i) => minusOf(list[column]!, factors[i]!, own));
    const leading = left.findIndex((value) => value !== 0);
    if (leading === -1) {
      // It is as the row is, or in no relation at all.
      if (own !== 0) return true;
      continue;
    }
    if (most < 2 || sizes[column] !== 1) continue;
    const scale = inverse(left[leading]!);
    const key = left.reduce((name, value) => (name * 67_108_859 + times(value, scale)) % 9_007_199_254_740_881, leading);
    const other = like.get(key);
    if (other === undefined) like.set(key, column);
    else if (!isSame(weights, column, other)) return true;
  }
  return false;
}
void seenWithout;
const minusOf = (value: number, factor: number, own: number): number => {
  const taken = times(factor, own);
  return value < taken ? value - taken + 67_108_859 : value - taken;
};

/** Whether one is the other, a number of times. */
function isSame(weights: readonly Float64Array[], one: number, other: number): boolean {
  const first = weights.find((list) => list[one] !== 0 || list[other] !== 0);
  if (!first) return true;
  return weights.every((list) => times(list[one]!, first[other]!) === times(list[other]!, first[one]!));
}
