import type { Position } from '../../event-store/event-store.js';
import type { Filters, ReportContent, ReportName } from '../content/content.js';

/** What a report is asked for, whoever asks: nothing in it depends on that. */
export interface ReportQuestion {
  report: ReportName;
  /** YYYY-MM-DD. */
  asOf: string;
  /** RFC 3339 in UTC with milliseconds. Absent, as `position` is: as the read model has it. */
  knownAt?: string;
  /** Of the last event that counts. With `knownAt` both must be met. */
  position?: Position;
  filters: Filters;
  audience: ReportContent['audience'];
  /** For the public: beside how many issued reports, or as which of them (from 0) was printed. */
  print?: { beside: number } | { as: number };
}

/** Which state of the register a report is of: the same question of the same state has the same answer for ever. */
export type RegisterState = Required<Pick<ReportQuestion, 'knownAt' | 'position'>>;

/** Of the present: it does not say yet of which state that will have been. */
export const isOfToday = ({ knownAt, position }: Pick<ReportQuestion, 'knownAt' | 'position'>): boolean =>
  knownAt === undefined && position === undefined;

/** One question has one spelling. */
export const questionKey = ({
  report,
  asOf,
  knownAt,
  position,
  filters,
  audience,
  print,
}: ReportQuestion): string =>
  JSON.stringify([
    report,
    asOf,
    knownAt ?? null,
    position ?? null,
    Object.entries(filters)
      .filter(([, value]) => value !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    audience,
    print ?? null,
  ]);
