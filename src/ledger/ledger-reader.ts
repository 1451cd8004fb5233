import type { EventStore, StoredEvent, Streams } from '../event-store/event-store.js';
import { partsOf } from './parts-of-event.js';
import type { RecordedEvent } from './recorded-event.js';
import type { Upcasting } from './upcasting.js';

/** Reads events closed: no key is needed, and nothing personal comes out. */
export class LedgerReader {
  constructor(
    private readonly store: Pick<EventStore, 'read'>,
    private readonly upcasting: Upcasting,
  ) {}

  /** `from`: who gives the stream, if not the store. Throws what `open` throws. */
  async read(stream: string, fromRevision = 0, from: Streams = this.store): Promise<RecordedEvent[]> {
    const stored = await from.read(stream, fromRevision);
    return stored.map((event) => this.open(event));
  }

  async has(stream: string): Promise<boolean> {
    return (await this.store.read(stream)).length > 0;
  }

  /** Throws `EventDamaged` for what is no event, and an error of its own for what a newer program has written. */
  open(event: StoredEvent): RecordedEvent {
    const { eventId, type, stream, revision, position } = event;
    const { leaf, leafHash, payload } = partsOf(event);
    const { schema, recordedAt, recordedBy, keys } = leaf;
    const { data: written, sealed, on } = payload;
    const data = this.upcasting.toCurrent(type, schema, written);
    return {
      eventId,
      type,
      stream,
      revision,
      position,
      schemaVersion: schema,
      data,
      ...(sealed && { sealed }),
      ...(sealed && data !== written && { older: written }),
      recordedAt,
      recordedBy,
      correlationId: on.correlation,
      causationId: on.causation,
      ...(on.request !== undefined && { requestDigest: on.request }),
      keyId: keys[0] ?? '',
      leafHash,
    };
  }
}
