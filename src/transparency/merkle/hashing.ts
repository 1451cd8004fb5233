import { createHash, hash } from 'node:crypto';

/** SHA-256. */
export const HASH_BYTES = 32;

/** RFC 6962, 2.1: the head of a tree without leaves. */
export const EMPTY_TREE = hash('sha256', '', 'buffer');

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

export const hashOfLeaf = (leaf: string | Uint8Array): Buffer =>
  createHash('sha256').update(LEAF).update(leaf).digest();

/** In one call: a tree of a million leaves has as many nodes, and a hash that is fed in parts takes longer. */
export const hashOfNode = (left: Uint8Array, right: Uint8Array): Buffer =>
  hash('sha256', Buffer.concat([NODE, left, right]), 'buffer');

const PAIR = Buffer.alloc(1 + 2 * HASH_BYTES);
PAIR.set(NODE);

/**
 * Writes the nodes above `count` hashes, an even number that stand side by side, over the first of them. A million leaves have as many
 * nodes, and a hash that comes as a buffer takes three times as long as one that comes as a string.
 */
export function foldPairs(hashes: Buffer, count: number): void {
  for (let node = 0; node < count / 2; node += 1) {
    const from = node * 2 * HASH_BYTES;
    hashes.copy(PAIR, NODE.length, from, from + 2 * HASH_BYTES);
    hashes.write(hash('sha256', PAIR, 'binary'), node * HASH_BYTES, 'binary');
  }
}

/** The largest power of two below `size`, which is at least 2: where a tree is parted. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** Of how many levels a complete tree of `size` leaves is; undefined where `size` is no power of two. By counting: logarithms are rounded. */
export function heightOf(size: number): number | undefined {
  let height = 0;
  for (let leaves = 1; leaves < size; leaves *= 2) height += 1;
  return 2 ** height === size ? height : undefined;
}
