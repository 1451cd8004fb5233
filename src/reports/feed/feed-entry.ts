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

/** The readable half: what is personal lies sealed in the store, and no key is here. */
export function feedEntry(event: RecordedEvent): FeedEntry {
  const { position, eventId, stream, revision, type, recordedAt, recordedBy, data } = event;
  return {
    position,
    eventId,
    caseId: caseIdOf(stream),
    revision,
    type,
    recordedAt,
    recordedBy,
    data,
  };
}
