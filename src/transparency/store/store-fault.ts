import type { Position, StoredEvent } from '../../event-store/event-store.js';

export type StoreAspect =
  /** The content is not the one that was recorded. */
  | 'payload'
  /** An event by itself, or behind the one before it. */
  | 'chain'
  /** It is not what the log has in its place. */
  | 'inclusion'
  /** The end is missing. */
  | 'head'
  /** Something is missing before it. */
  | 'gap'
  /** All of them together are not what was signed. */
  | 'consistency';

/** What is not as it was in the store: the first such event, if it is one of them. */
export interface StoreFault {
  aspect: StoreAspect;
  /** In words. */
  what: string;
  /** Counted from 0 in the order of the log. */
  leaf: number;
  /** Of the event that stands there now; absent where none does, or where nobody can say which one it is. */
  event?: { stream: string; revision: number; eventId: string; position: Position };
}

export const faultOf = (
  what: string,
  leaf: number,
  { stream, revision, eventId, position }: StoredEvent,
  aspect: StoreAspect = 'chain',
): StoreFault => ({ aspect, what, leaf, event: { stream, revision, eventId, position } });
