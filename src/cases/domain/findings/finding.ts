import type { Law } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
import type { Chronicle, CustodyFigures } from '../timeline/chronicle.js';
import type { DatedFact } from '../timeline/docket.js';
import type { WorldDay } from '../timeline/world.js';

export const FINDING_CODES = [
  'held_past_term',
  'detained_undecided_over_72h',
  'sentence_over_maximum',
  'fine_over_maximum',
  'consecutive_sentences',
  'rearrested_on_release_day',
  'counsel_denied',
  'counsel_denied_over_48h',
  'hearing_without_counsel',
  'claimed_total_differs',
  'sentence_without_custody',
  'release_without_arrest',
  'overlapping_detentions',
  'date_after_source',
  'fine_not_whole_base_units',
  'runs_assumed_consecutive',
  'unsourced',
] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** `value` is the figure, where the finding has one: days, hours, sentences, base units or facts, as its maker says. */
export interface Finding {
  code: FindingCode;
  value?: number;
  events: string[];
}

/** What findings are made on: the narrow world on a day. */
export interface Evidence {
  book: Casebook;
  chronicle: Chronicle;
  figures: CustodyFigures;
  law: Law;
  day: WorldDay;
}

export type Made = Omit<Finding, 'code'>;

/** Looks a case over before any day is asked about: undefined where nothing in it can ever make the finding. */
export type FindingMaker = (
  book: Casebook,
  law: Law,
) => ((evidence: Evidence) => Made | undefined) | undefined;

/** A finding that some facts make by being there; `value` is how many. */
export const counted = (facts: readonly DatedFact[]): Made | undefined =>
  facts.length === 0 ? undefined : { value: facts.length, events: facts.map(({ eventId }) => eventId) };
