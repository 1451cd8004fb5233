import type { StoredEvent } from '../event-store/event-store.js';
import { EventDamaged } from './event-damaged.js';
import type { Leaf } from './leaf.js';
import { isObject } from './sealed-fields.js';
import { metadataIn } from './stored-metadata.js';
import type { StoredPayload } from './written-event.js';

/** What the two texts of a stored event hold. */
export interface EventParts {
  leaf: Leaf;
  leafHash: string;
  payload: StoredPayload;
}

/**
 * Throws `EventDamaged` for what has not the form of an event. Whether it is the one that was recorded only its digest tells, which would take
 * too long wherever events are read.
 */
export function partsOf(event: StoredEvent): EventParts {
  try {
    const { leaf, leafHash } = metadataIn(event.metadata);
    const payload = JSON.parse(event.payload) as StoredPayload;
    if (isObject(payload.data) && isObject(payload.on) && isObject(leaf.keys))
      return { leaf, leafHash, payload };
  } catch {
    // What went wrong is not passed on: it quotes what stands there.
  }
  throw new EventDamaged(event);
}

/** The parts of each that has any, and the others. */
export function partsOfAll(events: readonly StoredEvent[]): { sound: EventParts[]; damaged: StoredEvent[] } {
  const sound: EventParts[] = [];
  const damaged: StoredEvent[] = [];
  for (const event of events) {
    try {
      sound.push(partsOf(event));
    } catch {
      damaged.push(event);
    }
  }
  return { sound, damaged };
}
