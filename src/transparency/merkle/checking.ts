import { HASH_BYTES, hashOfNode, heightOf } from './hashing.js';

/** The head of a tree of so many leaves. */
export interface TreeHead {
  size: number;
  head: Uint8Array;
}

/** RFC 9162, 2.1.3.2: whether the proof shows the leaf of this hash at this place of the tree. */
export function isIncluded(
  { leaf, hash }: { leaf: number; hash: Uint8Array },
  { size, head }: TreeHead,
  proof: readonly Uint8Array[],
): boolean {
  if (!areCounts(leaf, size) || leaf >= size || !areHashes(hash, head, ...proof)) return false;
  let [place, last] = [leaf, size - 1];
  let reached: Uint8Array = hash;
  for (const beside of proof) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      reached = hashOfNode(beside, reached);
      // On the right edge levels are passed by in which nothing stands beside.
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      reached = hashOfNode(reached, beside);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && Buffer.compare(reached, head) === 0;
}

/** RFC 9162, 2.1.4.2: whether the proof shows that the later tree begins with all of the earlier one, which is not empty. */
export function isGrownFrom(before: TreeHead, after: TreeHead, proof: readonly Uint8Array[]): boolean {
  if (!areCounts(before.size, after.size) || before.size === 0 || before.size > after.size) return false;
  if (!areHashes(before.head, after.head, ...proof)) return false;
  if (before.size === after.size) return proof.length === 0 && Buffer.compare(before.head, after.head) === 0;
  // A complete earlier tree is a node of the later one, and so is not sent.
  const [first, ...rest] = heightOf(before.size) !== undefined ? [before.head, ...proof] : proof;
  if (!first) return false;
  let [place, last] = [before.size - 1, after.size - 1];
  while (isOdd(place)) [place, last] = [half(place), half(last)];
  let [earlier, later] = [first, first];
  for (const beside of rest) {
    if (last === 0) return false;
    if (isOdd(place) || place === last) {
      earlier = hashOfNode(beside, earlier);
      later = hashOfNode(beside, later);
      while (!isOdd(place) && place !== 0) [place, last] = [half(place), half(last)];
    } else {
      later = hashOfNode(later, beside);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && Buffer.compare(earlier, before.head) === 0 && Buffer.compare(later, after.head) === 0;
}

const areCounts = (...numbers: readonly number[]): boolean =>
  numbers.every((number) => Number.isSafeInteger(number) && number >= 0);

const areHashes = (...hashes: readonly Uint8Array[]): boolean =>
  hashes.every(({ length }) => length === HASH_BYTES);

// Not by bits: these end at 2^31.
const isOdd = (number: number): boolean => number % 2 === 1;
const half = (number: number): number => Math.floor(number / 2);
