import type { Day } from '../../cases/domain/dates/day.js';

/** The days on which something can have happened: one day, or the earliest (null is open) and the latest. */
export type On = Day | readonly [earliest: Day | null, latest: Day];

/** A place in one of the lists of a sheet; -1 where nothing is recorded that it could point to. */
export type Place = number;

/**
 * All that one case can contribute to any figure. Plain JSON, and small: a hundred thousand are read at once. Lists that
 * would be empty are left out. Made by `sheetOf`, read by `Tally`.
 */
export interface Sheet {
  caseId: string;
  /** From this day on everything dated has happened in both worlds, and only days pass. */
  settledFrom: Day;
  /** Of a sheet that was made as of an earlier day, and holds for that day only. */
  asOf?: Day;
  /** Sorted. */
  roles?: readonly string[];
  campaigns?: readonly string[];
  /** As `code/article`, with the family it belongs to. */
  articles?: readonly (readonly [provision: string, family: string])[];
  arrests?: readonly ArrestRow[];
  detentions?: readonly DetentionRow[];
  charges?: readonly ChargeRow[];
  decisions?: readonly DecisionRow[];
  sentences?: readonly SentenceRow[];
  fines?: readonly FineRow[];
  denials?: readonly DenialRow[];
  conditions?: readonly ConditionRow[];
  /** The narrow world. Absent if nobody is known to have been held or sentenced in either. */
  narrow?: WorldRows;
  /** Absent where it is as the narrow one. */
  wide?: WorldRows;
  held?: HeldRow;
  /** Sentences in the longest run of consecutive ones, from each day on which that changes. */
  runs?: readonly (readonly [from: Day, sentences: number])[];
  /** What the file lacks whatever the day, and how often. */
  missing?: Readonly<Partial<Record<MissingCode, number>>>;
}

/** `region` is '' if none is recorded. */
export type ArrestRow = readonly [on: On, detention: Place, campaign: Place, region: string];

export const END = { unconditional: 0, conditional: 1, death: 2 } as const;

/** How it began and ended in the narrow world. Without an arrest it is only named by other facts. */
export type DetentionRow = readonly [arrest: Place, end?: Day, how?: (typeof END)[keyof typeof END]];

export const CHARGE = { pending: 0, decided: 1, terminated: 2 } as const;

/** `ended`: the day on which it was terminated, in the narrow world. */
export type ChargeRow = readonly [
  on: On,
  detention: Place,
  campaign: Place,
  article: Place,
  state: (typeof CHARGE)[keyof typeof CHARGE],
  ended?: Day,
];

/** What a decision came to: each is in exactly one class. Annulments and reductions of later do not change it. */
export const DECISION_CLASSES = [
  'detention_only',
  'fine_only',
  'both',
  'terminated',
  'acquitted',
  'other',
] as const;

/** `outcome`: its place in `DECISION_CLASSES`. */
export type DecisionRow = readonly [on: On, charge: Place, outcome: number];

/** Days as imposed, and in each world the days in force where those differ (0 once annulled). A sentence that only the wide world has yet is `undecided`. */
export type SentenceRow = readonly [
  on: On,
  charge: Place,
  days: number,
  narrow?: number,
  wide?: number,
  undecided?: 1,
];

/** Minor units of a currency; as text where a number would lose digits. */
export type Minor = number | string;

export const LINE = { atLeast: 1, reported: 2 } as const;

/** A fine in one currency; what is left out is as imposed and unpaid. `flags`: sum of `LINE`. */
export type FineLineRow =
  | readonly [currency: string, imposed: Minor]
  | readonly [
      currency: string,
      imposed: Minor,
      net: Minor,
      paid: Minor,
      refunded: Minor,
      outstanding: Minor,
      flags: number,
    ];

/** `hundredths`: of base units, while it stands unreduced. `ended`: the day it was withdrawn or annulled. Narrow world. */
export type FineRow = readonly [
  on: On,
  charge: Place,
  lines: readonly FineLineRow[],
  hundredths?: number,
  ended?: Day,
];

export const DENIAL_RESULTS = ['within48h', 'exceeded48h', 'undetermined'] as const;

/** `result`: its place in `DENIAL_RESULTS`. No upper bound of the hours is null; `pretext` is '' if none is recorded. */
export type DenialRow = readonly [
  on: On,
  detention: Place,
  result: number,
  min: number,
  max: number | null,
  pretext: string,
];

/** Without hours, none are recorded. */
export type ConditionRow = readonly [on: On, detention: Place, kind: string, hours?: number];

/** Custody and serving in one world. Custody goes on for ever where nothing ends it: the day of the question does. */
export interface WorldRows {
  /** By threes, in the order of days: from (null is an open start), to (null is an open end), detention. */
  custody?: readonly (Day | null)[];
  /** Sentences that are served together, in serving order. */
  groups?: readonly GroupRow[];
}

/** `served` by twos: the first day of a run (null: in the open past), and its length. */
export type GroupRow = readonly [
  days: number,
  sentences: readonly Place[],
  served: readonly (number | null)[],
];

/** Whoever is held in the narrow world; with `possibly`, in the wide world only. */
export interface HeldRow {
  detention: Place;
  /** The last day for which there is support in every world that holds the person; absent: there never was any. */
  until?: Day;
  /** From each day on: the place of the status in `STATUSES`. */
  statuses: readonly (readonly [from: Day, status: number])[];
  release?: readonly [earliest: Day | null, latest: Day | null];
  possibly?: true;
}

/** What can be missing in a file. */
export const MISSING_CODES = [
  'no_custody',
  'no_arrest_date',
  'no_region',
  'no_release',
  'no_charge_article',
  'no_penalty',
  'undated_sentence',
  'undated_fine',
  'no_fine_amount',
  'custody_unsupported',
  'unsourced',
] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

export const latestOf = (on: On): Day => (typeof on === 'number' ? on : on[1]);
/** -Infinity where it is open. */
export const earliestOf = (on: On): Day => (typeof on === 'number' ? on : (on[0] ?? -Infinity));
