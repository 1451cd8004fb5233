import type { Position } from '../event-store/event-store.js';
import type { SealedBox } from './sealing.js';

/** Who recorded an event, when, and on which occasion: what stands beside the data of every event. */
export interface Envelope {
  /** RFC 3339 in UTC with milliseconds. Never goes back within a stream. */
  recordedAt: string;
  /** The id of a principal, or `system` for what the service completes by itself. */
  recordedBy: string;
  correlationId: string;
  /** The id of the command; all events of one command share it. */
  causationId: string;
  /** Keyed HMAC of the request, where it carried an idempotency key. */
  requestDigest?: string;
}

export interface EventToRecord {
  eventId: string;
  type: string;
  /** What may be read by whoever has the store. */
  data: Record<string, unknown>;
  /** What may not: it is sealed. In the shape of `data`, and nothing that stands there. */
  personal?: Record<string, unknown>;
}

/** An event as the program reads it without any key, brought up to the present schema of its type. */
export interface RecordedEvent extends Envelope {
  eventId: string;
  type: string;
  /** The readable half. */
  data: Record<string, unknown>;
  /** The other one, closed: see `Unsealing`. */
  sealed?: SealedBox;
  /** The readable half as it was written, where that was in an older schema: the halves are put together in that one. */
  older?: Record<string, unknown>;
  stream: string;
  revision: number;
  position: Position;
  /** The schema it was written in. */
  schemaVersion: number;
  /** The data key of its stream. */
  keyId: string;
  leafHash: string;
}
