import {
  EventStore,
  type AppendResult,
  type ExpectedRevision,
  type StoredEvent,
  type Streams,
} from '../event-store/event-store.js';
import type { Envelope, EventToRecord, RecordedEvent } from './recorded-event.js';
import type { Upcasting } from './upcasting.js';

interface StoredMetadata extends Envelope {
  schemaVersion: number;
}

/**
 * Stands between the commands and the event store: events go in as data and are stored as bytes, and come out the same way.
 * It is the one place where what is stored and what the program sees differ; sealing belongs here.
 */
export class Ledger {
  constructor(
    private readonly store: EventStore,
    private readonly upcasting: Upcasting,
  ) {}

  /** Atomic; the promises and errors are those of `EventStore.append`. */
  append(
    stream: string,
    events: readonly EventToRecord[],
    envelope: Envelope,
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const stored = events.map(({ eventId, type, data }) => {
      const metadata: StoredMetadata = { ...envelope, schemaVersion: this.upcasting.currentVersion(type) };
      return { eventId, type, payload: JSON.stringify(data), metadata: JSON.stringify(metadata) };
    });
    return this.store.append(stream, stored, expected);
  }

  /** `from`: who gives the stream, if not the store. */
  async read(stream: string, fromRevision = 0, from: Streams = this.store): Promise<RecordedEvent[]> {
    const stored = await from.read(stream, fromRevision);
    return stored.map((event) => this.open(event));
  }

  async has(stream: string): Promise<boolean> {
    return (await this.store.read(stream)).length > 0;
  }

  /** Throws if the event cannot be read: damaged, or written by a newer program. */
  open({ eventId, type, stream, revision, position, payload, metadata }: StoredEvent): RecordedEvent {
    const { schemaVersion, ...envelope } = JSON.parse(metadata) as StoredMetadata;
    const data = JSON.parse(payload) as Record<string, unknown>;
    return {
      eventId,
      type,
      stream,
      revision,
      position,
      schemaVersion,
      data: this.upcasting.toCurrent(type, schemaVersion, data),
      ...envelope,
    };
  }
}
