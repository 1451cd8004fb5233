/** The reports that can be asked for by name. */
export const REPORTS = [
  'monthly',
  'detainees',
  'person',
  'campaign',
  'articles',
  'due-process',
  'missing',
  'compliance',
] as const;
export type ReportName = (typeof REPORTS)[number];

/** What a figure may claim: what is documented, which the truth is not below, or what is documented and known to be whole. */
export type Caveat = 'documented' | 'at_least' | 'estimated';

/**
 * A value without a language: whoever prints it puts codes into words and numbers into the form of the reader's language.
 * Amounts and means are plain decimals as text, days are YYYY-MM-DD, months YYYY-MM.
 */
export type Value =
  | { kind: 'count'; value: number }
  /** In the smaller and the larger of two worlds; null has no upper bound. */
  | { kind: 'range'; unit: 'days' | 'hours'; min: number; max: number | null }
  | { kind: 'decimal'; unit: 'days' | 'money'; value: string; currency?: string }
  /** Without a qualifier it is exact. */
  | { kind: 'money'; currency: string; value: string; qualifier?: 'at_least' | 'at_most' | 'approximate' }
  | { kind: 'base_units'; value: number }
  | { kind: 'day'; value: string }
  | { kind: 'days'; earliest: string | null; latest: string | null }
  /** From one day to another, both inclusive; null is an open end. Of what happened on some day within see `days`. */
  | { kind: 'period'; from: string | null; to: string | null }
  | { kind: 'month'; value: string }
  /** A word of a closed list, by the name of the list. */
  | { kind: 'code'; list: string; value: string }
  /** As it was recorded: the name of a person who allows it, of a campaign, of an article. Whatever stands in it is data, never markup or a formula. */
  | { kind: 'text'; value: string }
  | { kind: 'id'; value: string }
  /** What somebody else holds to be so: "over 150" is `gt`; `high` only of `between`. Never added to our own counts. */
  | { kind: 'estimate'; op: 'eq' | 'gt' | 'ge' | 'about' | 'between'; value: number; high?: number }
  /** Too few people stand behind it to be printed, or another could be worked out from it. */
  | { kind: 'withheld' }
  /** Nothing of it is recorded. */
  | { kind: 'absent' };

/** One figure, with all that is needed to define and repeat it; the question is in the `Basis` of the content. */
export interface Figure {
  /** Of the definition in docs/figures.md. */
  id: string;
  version: number;
  value: Value;
  /** Persons who contribute to it; null where that is withheld. */
  n: number | null;
  caveat: Caveat;
  /** How many of what is counted can also have happened before the period; absent if none. */
  uncertain?: number;
}

/** What a report was asked, and of which state of the register: the same basis gives the same content, to the byte. */
export interface Basis {
  /** YYYY-MM-DD. */
  asOf: string;
  /** RFC 3339 in UTC. */
  knownAt: string;
  /** Of the last event that was looked at. */
  position: string;
  filters: Filters;
}

/** Every one that is given must be met. */
export interface Filters {
  /** Days, both inclusive, YYYY-MM-DD. */
  from?: string;
  to?: string;
  /** With its waves. */
  campaignId?: string;
  /** Of articles that are one offence, renumbered: `mass_events`. */
  family?: string;
  article?: string;
  /** ISO 3166-2. */
  region?: string;
  role?: string;
  caseId?: string;
}

export interface FigureSection {
  kind: 'figures';
  id: string;
  figures: Figure[];
}

/** Each column has an id that the words of a language know; a cell is a value. */
export interface TableSection {
  kind: 'table';
  id: string;
  columns: { id: string; figure?: { id: string; version: number } }[];
  rows: Value[][];
}

/**
 * Drawn from a table of the same content, so that its marks are the figures. `x` and `y` are its columns.
 * - `bars`: what `x` says, and beside it a bar for each of `y`, one scale for all of them;
 * - `line`: `x` are days or months, each of `y` a line that keeps its height until the next;
 * - `timeline`: each row is a stretch from the day in the first of `y` to the day in the second, still going on where that is
 *   absent; `x` says which it is.
 * Rows whose x is a code, such as the sum of the others, are not drawn.
 */
export interface PlotSection {
  kind: 'plot';
  id: string;
  shape: 'bars' | 'line' | 'timeline';
  table: string;
  x: string;
  y: string[];
}

/** A part of somebody's form: what it asks, and all that answers it. A question without an answer stays, visibly empty. */
export interface FormSection {
  kind: 'form';
  id: string;
  answers: { question: string; values: Value[] }[];
}

/** Remarks that belong to the figures, as codes. */
interface NoteSection {
  kind: 'notes';
  id: string;
  notes: string[];
}

export type Section = FigureSection | TableSection | PlotSection | FormSection | NoteSection;

/** A report before it is written as JSON, CSV, a spreadsheet, a page or a PDF. */
export interface ReportContent {
  report: ReportName;
  basis: Basis;
  /** `public`: safe to print (see docs/security.md); `internal`: for the house only. */
  audience: 'internal' | 'public';
  sections: Section[];
}
