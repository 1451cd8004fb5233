import type { Day } from '../../cases/domain/dates/day.js';
import type { Status } from '../../cases/domain/timeline/status.js';
import type { Caveat, Filters, Value } from '../content/content.js';
import type { Behind } from './behind.js';
import type { FigureId } from './definitions.js';
import type { Register } from './register.js';
import type { MissingCode, On } from './sheet.js';

/** What is asked of the register. */
export interface Question {
  asOf: Day;
  filters: Filters;
  register: Register;
  /** Days that `held_by_day` shows, at most; the last ones of the period. */
  days?: number;
  /** Months that the figures by month show, at most; the last ones of the period. What lies before is in one row. */
  months?: number;
  /** Collects the persons behind each cell: what suppression works on. */
  members?: boolean;
  /** Collects who is held, and what is missing in whose file. */
  lists?: boolean;
}

/** One number. Its key is the id of its figure and, after a colon, what it is broken down by: `sentences_by_month:2021-03`. */
export interface Cell {
  figure: FigureId;
  /** Of the breakdown; absent for a figure that has none. */
  of?: string;
  value: Value;
  /** Persons who contribute to it; null where that is withheld. */
  n: number | null;
  caveat: Caveat;
  /** How many of what is counted have bounds that reach over a border of the period: they may belong to another. */
  uncertain?: number;
}

/** Cells that add up: whoever withholds one of the parts must see that the total does not give it away. */
export interface Sum {
  total: string;
  parts: readonly string[];
}

/** The cases behind each cell. Nobody else keeps them: whoever has looked at them takes them out, as they are large. */
export interface Members {
  /** All that were counted, in the order in which they came. */
  caseIds: readonly string[];
  /** By the key of the cell. */
  behind: Map<string, Behind>;
}

export interface HeldPerson {
  caseId: string;
  status: Status;
  unconfirmed: boolean;
  arrested: On | null;
  confirmedUntil: Day | null;
  region: string | null;
  expectedRelease: readonly [earliest: Day | null, latest: Day | null] | null;
}

export interface MissingInFile {
  caseId: string;
  code: MissingCode;
  times: number;
}

/** Everything that was worked out for one question: but for the members plain JSON, and the same in whatever order the sheets came. */
export interface Figures {
  asOf: Day;
  filters: Filters;
  /** By key; in the order of the definitions, then of the breakdown. */
  cells: Readonly<Record<string, Cell>>;
  sums: readonly Sum[];
  members?: Members;
  held?: readonly HeldPerson[];
  missing?: readonly MissingInFile[];
}
