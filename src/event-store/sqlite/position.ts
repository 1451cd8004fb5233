import { InvalidPosition } from '../errors.js';
import type { Position } from '../event-store.js';

/** Enough for every integer that is exact in JavaScript, so that positions compare as strings as they do as numbers. */
const WIDTH = 16;

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
