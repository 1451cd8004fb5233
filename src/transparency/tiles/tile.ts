import { foldPairs, HASH_BYTES } from '../merkle/hashing.js';
import { TILE_HEIGHT } from './tile-path.js';

/** Hashes of one level side by side, the leftmost first. */
export interface Tile {
  level: number;
  index: number;
  hashes: Buffer;
}

export const widthOf = (hashes: Buffer): number => hashes.length / HASH_BYTES;

export const hashIn = (hashes: Buffer, at: number): Buffer =>
  hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);

/** The head of `count` hashes of a tile, a power of two, from `at` on. */
export function rootIn(hashes: Buffer, at = 0, count = 2 ** TILE_HEIGHT): Buffer {
  const level = Buffer.from(hashes.subarray(at * HASH_BYTES, (at + count) * HASH_BYTES));
  for (let width = count; width > 1; width /= 2) foldPairs(level, width);
  // By itself: whoever keeps a node is not to keep the tile.
  return Buffer.from(hashIn(level, 0));
}
