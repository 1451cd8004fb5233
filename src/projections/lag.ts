import type { EventStore, Position, StoredEvent } from '../event-store/event-store.js';
import type { Lag } from './status.js';

/** Beyond this the exact number is of no use, and counting it would cost as much as applying. */
const COUNTED_AT_MOST = 10_000;

export interface LagQuestion {
  store: EventStore;
  prefixes: readonly string[];
  checkpoint: Position | undefined;
  now: Date;
  /** When an event was recorded, in RFC 3339: the store does not look into what it keeps. */
  recordedAt: (event: StoredEvent) => string;
  countAtMost?: number;
}

/** How far a checkpoint is behind the events that matter to it. */
export async function measureLag(question: LagQuestion): Promise<Lag> {
  const { store, prefixes, checkpoint, now, recordedAt, countAtMost = COUNTED_AT_MOST } = question;
  let events = 0;
  let oldest: StoredEvent | undefined;
  for await (const batch of store.readAll(checkpoint, { prefixes }, Math.min(1000, countAtMost + 1))) {
    oldest ??= batch[0];
    events += batch.length;
    if (events > countAtMost) break;
  }
  const waited = oldest ? now.getTime() - Date.parse(recordedAt(oldest)) : 0;
  return {
    events: Math.min(events, countAtMost),
    more: events > countAtMost,
    seconds: Math.max(0, waited / 1000),
  };
}
