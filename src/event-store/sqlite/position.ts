import { InvalidPosition } from '../errors.js';
import type { Position } from '../event-store.js';

/** Enough for every integer that is exact in JavaScript, so that positions compare as strings as they do as numbers. */
const WIDTH = 16;

/**
 * The first row is numbered 1. One before it was put in by hand: it has no position that anybody could go on after, but it stands in
 * its stream, and whoever reads the whole store has to see it, too.
 */
export const BEFORE_ALL = Number.MIN_SAFE_INTEGER;

export function toPosition(row: number): Position {
  return String(row).padStart(WIDTH, '0');
}

/** The row that a position stands for; 0 (before the first) if it is absent. */
export function toRow(position: Position | undefined): number {
  if (position === undefined) return 0;
  const row = /^\d{16}$/.test(position) ? Number(position) : NaN;
  if (!Number.isSafeInteger(row)) throw new InvalidPosition();
  return row;
}
