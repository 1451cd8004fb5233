import { caseIdOf } from '../../cases/case-stream.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { subjectOf } from '../../register/register-stream.js';

/** What an event is about: one of these is there. */
export interface About {
  caseId?: string;
  campaignId?: string;
  estimateId?: string;
  recommendationId?: string;
}

/** An event as the change feed tells it: ids, codes, dates and amounts. */
export interface FeedEntry extends About {
  /** Hand the last one back as `after`, or as `Last-Event-ID`, to go on from there. */
  position: string;
  eventId: string;
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
    ...aboutOf(stream),
    revision,
    type,
    recordedAt,
    recordedBy,
    data,
  };
}

function aboutOf(stream: string): About {
  const of = subjectOf(stream);
  return of ? { [`${of.subject}Id` satisfies keyof About]: of.id } : { caseId: caseIdOf(stream) };
}

/** The same of an entry that was kept. */
export const aboutIn = ({ caseId, campaignId, estimateId, recommendationId }: About): About => ({
  ...(caseId !== undefined && { caseId }),
  ...(campaignId !== undefined && { campaignId }),
  ...(estimateId !== undefined && { estimateId }),
  ...(recommendationId !== undefined && { recommendationId }),
});

/** The id of what it is about: entries with the same one keep their order. */
export const aboutId = ({ caseId, campaignId, estimateId, recommendationId }: About): string =>
  caseId ?? campaignId ?? estimateId ?? recommendationId ?? '';
