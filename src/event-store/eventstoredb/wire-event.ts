import { randomBytes } from 'node:crypto';
import { binaryEvent, type EventData, type RecordedEvent } from '@eventstore/db-client';
import { InvalidAppend, StoreUnavailable } from '../errors.js';
import type { NewEvent, StoredEvent } from '../event-store.js';
import { toPosition } from './position.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const TAG_BYTES = 16;

/** Tells the events of one append from the same events sent by anybody else. */
export type AppendTag = string;

/** What stands in the server beside an event. The metadata is a text in it: as JSON it would come back written otherwise. */
interface WireMetadata {
  append: AppendTag;
  metadata: string;
}

const encoder = new TextEncoder();

export const newTag = (): AppendTag => randomBytes(TAG_BYTES).toString('base64url');

/** The payload is sent as bytes: what the client would take for JSON comes back written otherwise than it was. */
export function toWire({ eventId, type, payload, metadata }: NewEvent, append: AppendTag): EventData {
  if (!UUID.test(eventId)) throw new InvalidAppend('an event id is not a UUID in lower case');
  return binaryEvent({
    id: eventId,
    type,
    data: encoder.encode(payload),
    metadata: { append, metadata } satisfies WireMetadata,
  });
}

/** Throws for what has no position: servers before 22.6 give none with a stream. */
export function fromWire(event: RecordedEvent, eventPosition?: bigint): StoredEvent {
  const commit = event.position?.commit ?? eventPosition;
  if (commit === undefined)
    throw new StoreUnavailable('EventStoreDB is older than 22.6: its streams have no positions');
  return {
    stream: event.streamId,
    revision: Number(event.revision),
    position: toPosition({ commit }),
    eventId: event.id,
    type: event.type,
    payload: textOf(event.data),
    metadata: isOurs(event.metadata) ? event.metadata.metadata : textOf(event.metadata),
  };
}

/** Undefined if it was not written by this adapter. */
export const tagOf = ({ metadata }: RecordedEvent): AppendTag | undefined =>
  isOurs(metadata) ? metadata.append : undefined;

const isOurs = (metadata: unknown): metadata is WireMetadata =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'append' in metadata &&
  'metadata' in metadata &&
  typeof metadata.metadata === 'string';

/** What something else has written as JSON comes parsed. */
function textOf(content: unknown): string {
  // Without a copy; a decoder would leave out a byte order mark.
  if (content instanceof Uint8Array) {
    return Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('utf8');
  }
  if (typeof content === 'string') return content;
  return content === undefined ? '' : JSON.stringify(content);
}
