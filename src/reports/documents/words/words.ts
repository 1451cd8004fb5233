import type {
  ANNULLED_BY,
  CHARGE_KINDS,
  APPEAL_OUTCOMES,
  OUTCOMES,
  RUNS,
} from '../../../cases/domain/facts/proceeding-facts.js';
import type { Role, SEXES } from '../../../cases/domain/facts/case-facts.js';
import type { CAUSE_STATUSES, Regime, RELEASE_BASES } from '../../../cases/domain/facts/custody-facts.js';
import type { CONDITION_KINDS, PRETEXTS, REPORTERS } from '../../../cases/domain/facts/due-process-facts.js';
import type { FindingCode } from '../../../cases/domain/findings/finding.js';
import type { Status } from '../../../cases/domain/timeline/status.js';
import type { Caveat, Filters, ReportContent, ReportName, Value } from '../../content/content.js';
import type { FigureId } from '../../figures/definitions.js';
import type { CHARGE, DECISION_CLASSES, DENIAL_RESULTS, MISSING_CODES } from '../../figures/sheet.js';
import type { ESTIMATE_UNITS, PREDICATES, RECOMMENDATION_KINDS } from '../../../register/domain/facts.js';
import type * as vocabulary from './vocabulary.js';

type From<List extends readonly string[]> = Record<List[number], string>;

/** The lists that a value of the kind `code` names, and a word for each code of each. */
export interface CodeWords {
  penalty_kind: From<typeof vocabulary.PENALTY_KINDS>;
  annulled_by: From<typeof ANNULLED_BY>;
  answer: From<typeof vocabulary.ANSWERS>;
  appeal_outcome: From<typeof APPEAL_OUTCOMES>;
  call_state: From<typeof vocabulary.CALL_STATES>;
  cause_status: From<typeof CAUSE_STATUSES>;
  charge_state: Record<keyof typeof CHARGE, string>;
  charge_kind: From<typeof CHARGE_KINDS>;
  condition: From<typeof CONDITION_KINDS>;
  difference: From<typeof vocabulary.DIFFERENCES>;
  disclosure: From<typeof vocabulary.DISCLOSURES>;
  estimate_unit: From<typeof ESTIMATE_UNITS>;
  family: From<typeof vocabulary.FAMILIES>;
  finding: Record<FindingCode, string>;
  missing: From<typeof MISSING_CODES>;
  /** The class of a decision; what was ruled is a `ruling`. */
  outcome: From<typeof DECISION_CLASSES>;
  predicate: From<typeof PREDICATES>;
  pretext: From<typeof PRETEXTS> & Record<typeof vocabulary.NO_PRETEXT, string>;
  recommendation: From<typeof RECOMMENDATION_KINDS>;
  regime: Record<Regime, string>;
  region: From<typeof vocabulary.REGIONS>;
  release_basis: From<typeof RELEASE_BASES>;
  remedy: From<typeof vocabulary.REMEDIES>;
  reported_by: From<typeof REPORTERS>;
  result: From<typeof DENIAL_RESULTS>;
  role: Record<Role, string>;
  row: From<typeof vocabulary.ROWS>;
  ruling: From<typeof OUTCOMES>;
  runs: From<typeof RUNS>;
  sex: From<typeof SEXES>;
  status: Record<Status, string>;
  support: From<typeof vocabulary.SUPPORTS>;
}

/** By the plural category of the number; `other` where a language has no form of its own for one. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A unit as it stands after a number, after "from … to" and after "at least". */
interface UnitWords {
  count: Forms;
  between: Forms;
  atLeast: Forms;
}

export interface FigureWords {
  name: string;
  /** A whole sentence, or several. */
  definition: string;
}

type Estimate = Extract<Value, { kind: 'estimate' }>;

/** Texts around the figures. Where something is filled in, it comes in the words of the language already. */
export interface Phrases {
  title: Record<ReportName, string>;
  reportOf: (asOf: string) => string;
  audience: Record<ReportContent['audience'], string>;
  /** Printed over everything that is not public. */
  notForPublication: string;
  basis: Record<'heading' | 'asOf' | 'knownAt' | 'position' | 'filters' | 'noFilters' | 'audience', string>;
  filters: Record<keyof Filters, string>;
  caveats: Record<Caveat, string>;
  /** What the four look like that are no plain value. */
  withheld: string;
  absent: string;
  noUpperBound: string;
  unknownDays: string;
  legend: {
    heading: string;
    entries: Record<
      'withheld' | 'absent' | 'zero' | 'atLeast' | 'range' | 'documented' | 'estimated',
      string
    >;
  };
  between: (least: string, most: string) => string;
  atLeast: (least: string) => string;
  upTo: (most: string) => string;
  /** A number that may in part belong to the time before. */
  uncertain: (n: string) => string;
  /** From a day to a day, each null where it is open. */
  period: (from: string | null, to: string | null) => string;
  betweenDays: (earliest: string, latest: string) => string;
  notBefore: (day: string) => string;
  notAfter: (day: string) => string;
  estimate: Record<Estimate['op'], (value: string, high: string) => string>;
  figureColumns: Record<'figure' | 'value' | 'n' | 'caveat' | 'definition', string>;
  formColumns: Record<'question' | 'answer', string>;
  definitions: string;
  definitionRef: (id: string, version: number) => string;
  dataOf: (plot: string) => string;
  plotOf: { bars: string; line: string; timeline: string };
  mark: (x: string, series: string, value: string) => string;
  stretch: (x: string, from: string, to: string) => string;
  goingOn: string;
  lowerBound: (column: string) => string;
  upperBound: (column: string) => string;
  earliest: (column: string) => string;
  latest: (column: string) => string;
  currencyOf: (column: string) => string;
  page: (page: number, of: number) => string;
  emptyTable: string;
  /** Over a table of days that is told briefly. */
  lastDays: string;
  /** What unfolds to all of it. */
  everyDay: string;
}

/** Everything a report says, in one language. A member that is missing does not compile. */
export interface Words {
  /** For `lang` and for `Intl`, BCP 47. */
  locale: string;
  phrases: Phrases;
  units: Record<'days' | 'hours' | 'persons' | 'base_units', UnitWords>;
  codes: CodeWords;
  figures: Record<FigureId, FigureWords>;
  sections: Record<vocabulary.SectionId, string>;
  columns: Record<vocabulary.ColumnId, string>;
  notes: Record<vocabulary.NoteId, string>;
  questions: Record<vocabulary.QuestionId, string>;
}
