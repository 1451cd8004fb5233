import { caseIdOf } from '../../cases/case-stream.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import { ISSUED, type ReportIssued } from '../issued/report-issued.js';
import { subjectOf } from '../../register/register-stream.js';

/** What an event is about: one of these is there. */
export interface About {
  caseId?: string;
  campaignId?: string;
  estimateId?: string;
  recommendationId?: string;
  /** Of an issued report. */
  issueId?: string;
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

/**
 * The readable half: what is personal lies sealed in the store, and no key is here. Of an issued report what it is of; what it says
 * is long, and is asked for.
 */
export function feedEntry(event: RecordedEvent): FeedEntry {
  const { position, eventId, revision, type, recordedAt, recordedBy } = event;
  return {
    position,
    eventId,
    ...aboutOf(event),
    revision,
    type,
    recordedAt,
    recordedBy,
    data: type === ISSUED ? questionOf(event.data as ReportIssued) : event.data,
  };
}

const questionOf = ({ content: { report, basis } }: ReportIssued): Record<string, unknown> => ({
  report,
  basis,
});

function aboutOf({ stream, type, data }: RecordedEvent): About {
  if (type === ISSUED) return { issueId: (data as ReportIssued).issueId };
  const of = subjectOf(stream);
  return of ? { [`${of.subject}Id` satisfies keyof About]: of.id } : { caseId: caseIdOf(stream) };
}

const ABOUTS = [
  'caseId',
  'campaignId',
  'estimateId',
  'recommendationId',
  'issueId',
] as const satisfies readonly (keyof About)[];

/** The same of an entry that was kept. */
export const aboutIn = (entry: About): About =>
  Object.fromEntries(ABOUTS.flatMap((name) => (entry[name] === undefined ? [] : [[name, entry[name]]])));

/** The id of what it is about: entries with the same one keep their order. */
export const aboutId = (entry: About): string =>
  ABOUTS.map((name) => entry[name]).find((id) => id !== undefined) ?? '';
