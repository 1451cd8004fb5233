import { canonicalJson } from '../canonical-json.js';
import type { NewEvent } from '../event-store/event-store.js';
import type { DataKey } from './data-keys.js';
import { digestOf, leafHash, leafText } from './leaf.js';
import type { Envelope, EventToRecord } from './recorded-event.js';
import { pathsIn } from './sealed-fields.js';
import { seal, type Place, type SealedBox } from './sealing.js';

/** What the store keeps as an event's payload, in canonical JSON. */
export interface StoredPayload {
  data: Record<string, unknown>;
  sealed?: SealedBox;
  /** The occasion. Within the payload, so that the digest covers it. */
  on: { correlation: string; causation: string; request?: string };
}

/** What it keeps as metadata. */
export interface StoredMetadata {
  leaf: string;
  leafHash: string;
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
  key: DataKey,
): NewEvent & { leafHash: string } {
  const { correlationId, causationId, requestDigest, recordedAt, recordedBy } = envelope;
  const place: Place = { eventId, stream, revision, type };
  const payload = canonicalJson({
    data,
    sealed: personal && seal(personal, pathsIn(personal, data), place, key),
    on: { correlation: correlationId, causation: causationId, request: requestDigest },
  } satisfies Record<keyof StoredPayload, unknown>);
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
  const metadata: StoredMetadata = { leaf, leafHash: hash };
  return { eventId, type, payload, metadata: JSON.stringify(metadata), leafHash: hash };
}
