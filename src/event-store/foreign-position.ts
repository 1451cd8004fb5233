import type { Position } from './event-store.js';

/**
 * True for a position that the store, standing at `head`, cannot have given: it lies ahead, or is written as another kind of
 * store writes them (those of one store are equally long). Then the store was restored from a backup, or replaced.
 */
export const isForeign = (position: Position, head: Position | undefined): boolean =>
  head === undefined || position.length !== head.length || position > head;
