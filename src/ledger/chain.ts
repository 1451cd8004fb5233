import { canonicalJson } from '../canonical-json.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { digestOf, leafHash, leafText } from './leaf.js';
import { leafTextIn, metadataIn, metadataOf } from './stored-metadata.js';

const OTHER_PAYLOAD = 'its payload has another digest';

/** Whether the event is whole, but for what it says. */
export const isOfPayload = (fault: string): boolean => fault === OTHER_PAYLOAD;

/**
 * What is wrong with a stored event by itself and after the one before it (`prev`: its leaf hash, null for the first), in words;
 * undefined: nothing. No key is needed.
 */
export function chainFault(event: StoredEvent, prev: string | null): string | undefined {
  try {
    return faultIn(event, prev);
  } catch {
    return 'it cannot be read';
  }
}

function faultIn({ payload, metadata, ...event }: StoredEvent, prev: string | null): string | undefined {
  const text = leafTextIn(metadata);
  const { leaf } = metadataIn(metadata);
  if (leafText(leaf) !== text || leaf.v !== 1) return 'its leaf is not as leaves are written';
  // To the byte: of what may stand behind the leaf nothing is in its hash.
  if (metadataOf(text, leafHash(text)) !== metadata) return 'its leaf has another hash';
  if (digestOf(payload) !== leaf.payloadDigest) return OTHER_PAYLOAD;
  if (canonicalJson(JSON.parse(payload)) !== payload) return 'its payload is not canonical';
  if (leaf.id !== event.eventId || leaf.type !== event.type) return 'its leaf is of another event';
  if (leaf.stream !== event.stream || leaf.revision !== event.revision) return 'its leaf is of another place';
  if (leaf.prev !== prev) return 'it does not follow the event before it';
  return undefined;
}

/** The leaf hash that an event says it follows; null: it says it is the first, or nothing that can be read. */
export function prevIn({ metadata }: Pick<StoredEvent, 'metadata'>): string | null {
  try {
    return metadataIn(metadata).leaf.prev;
  } catch {
    return null;
  }
}

/** Whether an event is whole by itself, and its leaf is of the place in which it stands. */
export const saysItself = (event: StoredEvent): boolean => chainFault(event, prevIn(event)) === undefined;

/** What the next event of the stream has to follow. */
export const leafHashIn = ({ metadata }: Pick<StoredEvent, 'metadata'>): string =>
  metadataIn(metadata).leafHash;

/** The data keys that a stored event says it is sealed with. */
export const keyIdsIn = ({ metadata }: Pick<StoredEvent, 'metadata'>): readonly string[] =>
  metadataIn(metadata).leaf.keys;
