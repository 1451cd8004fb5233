import type { StreamEntry } from '../../queries/stream-entry.js';
import { Count, Id, Instant, Open, Text } from './members.js';

/** What the histories of all streams tell of an event. */
export class StreamEntryDto implements StreamEntry {
  @Id()
  eventId: string;

  @Text({ description: 'of the event' })
  type: string;

  @Open({ description: 'as recorded, whatever has been corrected since' })
  data: Record<string, unknown>;

  @Count()
  revision: number;

  @Text({ description: 'opaque' })
  position: string;

  @Instant()
  recordedAt: string;

  @Text({ description: 'the id of a principal, or `system`' })
  recordedBy: string;

  @Text()
  correlationId: string;

  @Id({ description: 'of the command; all its events share it' })
  causationId: string;

  @Count({ description: 'of the schema it was written in' })
  schemaVersion: number;

  @Id({ required: false, description: 'the correction whose data stand in place of these' })
  correctedBy?: string;

  @Id({ required: false, description: 'the void by which it counts no more' })
  voidedBy?: string;
}
