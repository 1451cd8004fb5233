import { withoutPersonalFields } from '../../cases/domain/facts/personal-fields.js';
import type { FactType } from '../../cases/domain/facts/facts.js';
import { caseIdOf } from '../../cases/case-stream.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';

/** An event as the change feed tells it: ids, codes, dates and amounts. */
export interface FeedEntry {
  /** Hand the last one back as `after`, or as `Last-Event-ID`, to go on from there. */
  position: string;
  eventId: string;
  caseId: string;
  revision: number;
  type: string;
  recordedAt: string;
  /** The id of a principal. */
  recordedBy: string;
  data: Record<string, unknown>;
}

/** `correctedType` is the type of the event that an `EventCorrected` names, where it is known. */
export function feedEntry(event: RecordedEvent, correctedType?: FactType): FeedEntry {
  const { position, eventId, stream, revision, type, recordedAt, recordedBy, data } = event;
  return {
    position,
    eventId,
    caseId: caseIdOf(stream),
    revision,
    type,
    recordedAt,
    recordedBy,
    // A type that this version does not know has no readable part.
    data: withoutPersonalFields(type as FactType, data, correctedType),
  };
}
