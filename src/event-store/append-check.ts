import { InvalidAppend } from './errors.js';
import type { ExpectedRevision, NewEvent } from './event-store.js';

/** Throws InvalidAppend for what would not come back from the store as it was given. */
export function checkAppend(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): void {
  if (events.length === 0) throw new InvalidAppend('an append needs at least one event');
  if (expected !== 'no_stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(`${expected} is not a revision`);
  }
  if (events.length > 1 && new Set(events.map(({ eventId }) => eventId)).size < events.length) {
    throw new InvalidAppend('an event id occurs twice in one append');
  }
  if (!stream.isWellFormed() || !events.every(isText)) {
    throw new InvalidAppend('half of a surrogate pair cannot be stored as text');
  }
}

function isText({ eventId, type, payload, metadata }: NewEvent): boolean {
  return eventId.isWellFormed() && type.isWellFormed() && payload.isWellFormed() && metadata.isWellFormed();
}
