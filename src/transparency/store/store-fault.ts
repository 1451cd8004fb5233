import type { Position, StoredEvent } from '../../event-store/event-store.js';

/** What is not as it was in the store: the first such event, if it is one of them. */
export interface StoreFault {
  /** In words. */
  what: string;
  /** Counted from 0 in the order of the log. */
  leaf: number;
  /** Of the event that stands there now; absent where none does. */
  event?: { stream: string; revision: number; eventId: string; position: Position };
}

export const faultOf = (
  what: string,
  leaf: number,
  { stream, revision, eventId, position }: StoredEvent,
): StoreFault => ({ what, leaf, event: { stream, revision, eventId, position } });
