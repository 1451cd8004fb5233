import { inverse, times } from './prime-field.js';
import type { Shadows } from './shadows.js';

/** Larger than any number of the field. */
const BEYOND = 2 ** 26;

/** Whether one of the classes, or two that are one person each, give all that the row in question does. `most`: 1 or 2 persons. */
export function settledByTwo(shadows: Shadows, sizes: Uint8Array, most: number): boolean {
  const { lead, weights } = shadows.balanced();
  const [a, b, c] = weights as [Float64Array, Float64Array, Float64Array];
  const places = new Int32Array(sizes.length);
  let count = 0;
  for (let place = 0; place < sizes.length; place++) {
    if (sizes[place]! > most) continue;
    if (a[place] !== 0 || b[place] !== 0 || c[place] !== 0) {
      if (sizes[place] === 1) places[count++] = place;
    }
    // It is as the row is, or is in no relation at all.
    else if (lead[place] !== 0) return true;
  }
  return most > 1 && hasLikePair(shadows.weights, [a, b, c], places.subarray(0, count));
}

/** Two that are like each other in what adds up to nothing in the row, but not in all: they differ by as much as the row is. */
function hasLikePair(
  all: readonly Float64Array[],
  balanced: readonly [Float64Array, Float64Array, Float64Array],
  places: Int32Array,
): boolean {
  const directions = directionsOf(balanced, places);
  const seen = new Map<number, number>();
  for (let i = 0; i < places.length; i++) {
    const other = seen.get(directions[i]!);
    if (other === undefined) seen.set(directions[i]!, places[i]!);
    else if (!isMultiple(all, places[i]!, other)) return true;
  }
  return false;
}

/** The same number for those that are multiples of each other. Not all three of any are 0. */
function directionsOf(
  [a, b, c]: readonly [Float64Array, Float64Array, Float64Array],
  places: Int32Array,
): Float64Array {
  const leading = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) leading[i] = a[places[i]!]! || b[places[i]!]! || c[places[i]!]!;
  const once = inverses(leading);
  const directions = new Float64Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    const second = times(b[place]!, once[i]!);
    const third = times(c[place]!, once[i]!);
    directions[i] = (second * BEYOND + third) * (a[place] === 0 ? -1 : 1);
  }
  return directions;
}

/** Of all for little more than the price of one. */
function inverses(numbers: Float64Array): Float64Array {
  const products = new Float64Array(numbers.length);
  let product = 1;
  for (let i = 0; i < numbers.length; i++) {
    products[i] = product;
    product = times(product, numbers[i]!);
  }
  let left = inverse(product);
  for (let i = numbers.length - 1; i >= 0; i--) {
    products[i] = times(products[i]!, left);
    left = times(left, numbers[i]!);
  }
  return products;
}

function isMultiple(weights: readonly Float64Array[], one: number, other: number): boolean {
  const first = weights.find((list) => list[one] !== 0);
  if (!first) return true;
  return weights.every((list) => times(list[one]!, first[other]!) === times(list[other]!, first[one]!));
}
