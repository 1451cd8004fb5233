import type { Position } from '../../event-store/event-store.js';

/** Positions are printable and short; what else is written so never came from here. */
export const CURSOR = /^[A-Za-z0-9_-]{1,200}$/;
const POSITION = /^[\x21-\x7e]{1,150}$/;

export const writeCursor = (before: Position): string => Buffer.from(before).toString('base64url');

/** Undefined for what `writeCursor` cannot have written. */
export function readCursor(cursor: string): Position | undefined {
  const before = Buffer.from(cursor, 'base64url').toString('latin1');
  return POSITION.test(before) && writeCursor(before) === cursor ? before : undefined;
}
