import { canonicalJson } from '../canonical-json.js';
import type { NewEvent } from '../event-store/event-store.js';
import type { ClosedKey, DataKey } from './data-keys.js';
import { digestOf, leafHash, leafText } from './leaf.js';
import type { Envelope, EventToRecord } from './recorded-event.js';
import { pathsIn } from './sealed-fields.js';
import { metadataOf } from './stored-metadata.js';
import { seal, type Place, type SealedBox } from './sealing.js';

/** What the store keeps as an event's payload, in canonical JSON. */
export interface StoredPayload {
  data: Record<string, unknown>;
  /** The occasion. Within the payload, so that the digest covers it. */
  on: { causation: string; correlation: string; request?: string };
  sealed?: SealedBox;
}

export interface ChainPlace {
  stream: string;
  revision: number;
  /** The leaf hash of the event before. */
  prev: string | null;
  schema: number;
}

/** The exact texts to store, and the hash that the next event of the stream follows. */
export function written(
  { eventId, type, data, personal }: EventToRecord,
  envelope: Envelope,
  { stream, revision, prev, schema }: ChainPlace,
  key: DataKey | ClosedKey,
): NewEvent & { leafHash: string } {
  const { correlationId, causationId, requestDigest, recordedAt, recordedBy } = envelope;
  const place: Place = { eventId, stream, revision, type };
  const payload = payloadText({
    data,
    on: { causation: causationId, correlation: correlationId, request: requestDigest },
    sealed: personal && seal(personal, pathsIn(personal, data), place, present(key)),
  });
  const leaf = leafText({
    v: 1,
    stream,
    revision,
    id: eventId,
    type,
    schema,
    recordedAt,
    recordedBy,
    prev,
    payloadDigest: digestOf(payload),
    keys: [key.keyId],
  });
  const hash = leafHash(leaf);
  return { eventId, type, payload, metadata: metadataOf(leaf, hash), leafHash: hash };
}

/** Canonical JSON; what is made here has its members in order already. */
function payloadText({ data, on, sealed }: StoredPayload): string {
  const box = sealed ? `,"sealed":${JSON.stringify(sealed)}` : '';
  return `{"data":${canonicalJson(data)},"on":${JSON.stringify(on)}${box}}`;
}

function present(key: DataKey | ClosedKey): DataKey {
  if (key.key) return key;
  throw new Error('there is something to be sealed and no key');
}
