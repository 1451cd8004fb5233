import { InvalidPosition } from '../errors.js';
import type { Position } from '../event-store.js';

/** Enough for every 64-bit number, so that positions compare as strings as they do as numbers. */
const WIDTH = 20;
const LARGEST = 2n ** 64n - 1n;

/** A place in the server's log. Both halves are the same for everything that was not written in a transaction of the old protocol. */
export interface LogPosition {
  commit: bigint;
  prepare: bigint;
}

export const toPosition = ({ commit }: Pick<LogPosition, 'commit'>): Position =>
  commit.toString().padStart(WIDTH, '0');

export function toLogPosition(position: Position): LogPosition {
  const commit = /^\d{20}$/.test(position) ? BigInt(position) : -1n;
  // The largest is what a server has been seen to report for the end of its log: no event stands there.
  if (commit < 0n || commit >= LARGEST) throw new InvalidPosition();
  return { commit, prepare: commit };
}
