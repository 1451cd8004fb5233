import type { Position } from '../event-store/event-store.js';

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
  data: Record<string, unknown>;
}

/** An event as the program reads it: opened, and brought up to the present schema of its type. */
export interface RecordedEvent extends EventToRecord, Envelope {
  stream: string;
  revision: number;
  position: Position;
  /** The schema it was written in. */
  schemaVersion: number;
}
