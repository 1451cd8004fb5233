import type { RecordedEvent } from '../../ledger/recorded-event.js';
import type { CountedContent, ReportName } from '../content/content.js';

/** One stream for all issued reports: whoever appends to it has seen all before. */
export const ISSUED_STREAM = 'reports';

/** The one type of event in it. */
export const ISSUED = 'ReportIssued';

/** Those that name nobody and list no case: a name must not stand in an event that nobody can erase. */
export const ISSUABLE = [
  'monthly',
  'campaign',
  'articles',
  'due-process',
  'compliance',
] as const satisfies readonly ReportName[];
export type IssuableReport = (typeof ISSUABLE)[number];

/**
 * Where the last event of cases and of the register stands that a report looked at, in terms that every copy of the store shares: its
 * order, not its positions. Nothing in it says which case it was.
 */
export interface SharedPlace {
  /** So many cases had been opened. */
  opened: number;
  /** The event is the so manyth after the opening of the last of them, or after the beginning; 0: it is that opening. */
  since: number;
  /** Of the event; null: nothing had been recorded. */
  leafHash: string | null;
}

/** Nothing in it is personal: figures over many cases, codes, and the names of campaigns. */
export interface ReportIssued extends Record<string, unknown> {
  issueId: string;
  /** As it was printed; its basis says what was asked, and of which state of the register. */
  content: CountedContent;
  /** The keys of the cells that it prints, sorted. */
  published: string[];
  /** Absent in what was issued before places were noted. */
  place?: SharedPlace;
}

export interface IssuedReport extends ReportIssued {
  /** Its place among the issued reports, from 0. */
  revision: number;
  issuedAt: string;
  issuedBy: string;
}

export const issuedIn = ({ data, revision, recordedAt, recordedBy }: RecordedEvent): IssuedReport => ({
  ...(data as ReportIssued),
  revision,
  issuedAt: recordedAt,
  issuedBy: recordedBy,
});
