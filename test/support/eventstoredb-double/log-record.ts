import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import { WireMessage } from './wire-message.js';

export interface ProposedEvent {
  id: string;
  type: string;
  contentType: string;
  data: Uint8Array;
  metadata: Uint8Array;
}

export interface LogRecord {
  readonly stream: string;
  /** Dense from 0, but for a tombstone's. */
  readonly revision: bigint;
  readonly id: string;
  readonly type: string;
  /** Where it begins in the log; the next one begins where this one ends. */
  readonly position: bigint;
  /** The whole reply that delivers it, made once however often it is read. */
  readonly frame: Buffer;
}

export interface Place {
  stream: string;
  revision: bigint;
  position: bigint;
}

/** What the log spends on a record besides its texts. */
const RECORD_OVERHEAD = 97;
const EVENT_OF_READ = 1;
const LINK_OF_READ = 2;
const TICKS_PER_MILLISECOND = 10_000n;

/** How many bytes an event takes of what one append may hold. */
export function sizeOf(event: ProposedEvent): number {
  return event.data.length + event.metadata.length + 2 * event.type.length;
}

export function sizeInLog(stream: string, event: ProposedEvent): bigint {
  return BigInt(RECORD_OVERHEAD + stream.length + sizeOf(event));
}

export function logRecord(event: ProposedEvent, place: Place): LogRecord {
  const frame = frameOf(EVENT_OF_READ, event, place);
  return { ...place, id: event.id, type: event.type, frame };
}

/** A link to an event that is gone: readers get the link without an event. */
export function unresolvedLink(event: ProposedEvent, place: Place): LogRecord {
  const frame = frameOf(LINK_OF_READ, event, place);
  return { ...place, id: event.id, type: event.type, frame };
}

/** The very bytes that are stored, as text. */
export function textsOf(record: LogRecord): { data: string; metadata: string } {
  const read = streamsPb.ReadResp.deserializeBinary(record.frame).getEvent();
  const recorded = read?.getEvent() ?? read?.getLink();
  if (!recorded) throw new Error(`the record at ${record.position} holds no event`);
  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  return { data: text(recorded.getData_asU8()), metadata: text(recorded.getCustomMetadata_asU8()) };
}

/** A ReadResp with a ReadEvent; the numbers are those of the fields in the client's streams.proto and shared.proto. */
function frameOf(field: number, event: ProposedEvent, place: Place): Buffer {
  const recorded = new WireMessage()
    .message(1, new WireMessage().string(2, event.id))
    .message(2, new WireMessage().string(3, place.stream));
  // A field that is 0 is left out.
  if (place.revision > 0n) recorded.uint64(3, place.revision);
  if (place.position > 0n) recorded.uint64(4, place.position).uint64(5, place.position);
  recorded
    .message(6, entry('content-type', event.contentType))
    .message(6, entry('created', String(BigInt(Date.now()) * TICKS_PER_MILLISECOND)))
    .message(6, entry('type', event.type));
  if (event.metadata.length > 0) recorded.bytes(7, event.metadata);
  if (event.data.length > 0) recorded.bytes(8, event.data);
  const read = new WireMessage().message(field, recorded).uint64(3, place.position);
  return new WireMessage().message(1, read).toBuffer();
}

function entry(key: string, value: string): WireMessage {
  return new WireMessage().string(1, key).string(2, value);
}
