import { canonicalJson } from '../canonical-json.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { digestOf, leafHash, leafText, type Leaf } from './leaf.js';
import type { StoredMetadata } from './written-event.js';

/**
 * What is wrong with a stored event by itself and after the one before it (`prev`: its leaf hash, null for the first), in words;
 * undefined: nothing. No key is needed.
 */
export function chainFault(event: StoredEvent, prev: string | null): string | undefined {
  let metadata: StoredMetadata;
  let leaf: Leaf;
  try {
    metadata = JSON.parse(event.metadata) as StoredMetadata;
    leaf = JSON.parse(metadata.leaf) as Leaf;
    if (canonicalJson(JSON.parse(event.payload)) !== event.payload) return 'its payload is not canonical';
    if (leafText(leaf) !== metadata.leaf) return 'its leaf is not canonical';
  } catch {
    return 'it cannot be read';
  }
  if (JSON.stringify(metadata) !== event.metadata) return 'its metadata are not as they were written';
  if (leafHash(metadata.leaf) !== metadata.leafHash) return 'its leaf has another hash';
  if (digestOf(event.payload) !== leaf.payloadDigest) return 'its payload has another digest';
  if (leaf.id !== event.eventId || leaf.type !== event.type) return 'its leaf is of another event';
  if (leaf.stream !== event.stream || leaf.revision !== event.revision) return 'its leaf is of another place';
  if (leaf.prev !== prev) return 'it does not follow the event before it';
  return undefined;
}

export const leafHashIn = (event: Pick<StoredEvent, 'metadata'>): string =>
  (JSON.parse(event.metadata) as StoredMetadata).leafHash;

/** The data keys that a stored event says it is sealed with. */
export const keyIdsIn = (event: Pick<StoredEvent, 'metadata'>): readonly string[] => leafIn(event).keys;

/** RFC 3339. */
export const recordedAtIn = (event: Pick<StoredEvent, 'metadata'>): string => leafIn(event).recordedAt;

const leafIn = ({ metadata }: Pick<StoredEvent, 'metadata'>): Leaf =>
  JSON.parse((JSON.parse(metadata) as StoredMetadata).leaf) as Leaf;
