import { createHash } from 'node:crypto';
import type { NewEvent } from '../../src/event-store/event-store.js';

/** An event whose content follows from its id, so that whoever finds it in a store can tell whether it is intact. */
export function knownEvent(eventId: string): NewEvent {
  const seed = createHash('sha256').update(eventId).digest();
  const size = 40 + (seed.readUInt16LE(0) % 3_000);
  const filling = seed
    .toString('hex')
    .repeat(Math.ceil(size / 64))
    .slice(0, size);
  return {
    eventId,
    type: 'NoteAdded',
    payload: JSON.stringify({ text: filling }),
    metadata: JSON.stringify({ of: eventId }),
  };
}
