import { createHash, randomBytes } from 'node:crypto';
import { MASTER_KEY_BYTES } from './master-key.js';

const MARK_BYTES = 8;
const RANDOM_BYTES = MASTER_KEY_BYTES - MARK_BYTES;

/**
 * A master key that a start outside of production makes for itself: nobody has decided where it is kept, and nobody has a copy.
 * It carries a mark by which it is known wherever it is copied to: its last bytes follow from the others, of which 192 bits
 * are random. A key that was drawn whole looks like one once in 2^64 times.
 */
export function developmentKey(): Buffer {
  const random = randomBytes(RANDOM_BYTES);
  return Buffer.concat([random, markOf(random)]);
}

export const isDevelopmentKey = (key: Buffer): boolean =>
  key.length === MASTER_KEY_BYTES && markOf(key.subarray(0, RANDOM_BYTES)).equals(key.subarray(RANDOM_BYTES));

const markOf = (random: Buffer): Buffer =>
  createHash('sha256').update('habeas/development-key\0').update(random).digest().subarray(0, MARK_BYTES);
