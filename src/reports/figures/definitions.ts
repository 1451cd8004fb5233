import type { Caveat } from '../content/content.js';

interface Definition {
  /** Raised whenever the same facts may give another number. */
  version: number;
  caveat: Caveat;
}

const documented: Definition = { version: 1, caveat: 'documented' };
const atLeast: Definition = { version: 1, caveat: 'at_least' };
const estimated: Definition = { version: 1, caveat: 'estimated' };

/** Every figure there is; docs/figures.md says what each of them is. In the order in which they are printed. */
export const DEFINITIONS = {
  persons_documented: documented,
  arrests: documented,
  persons_arrested: documented,
  charges: documented,
  persons_charged: documented,
  persons_detained: documented,
  held: documented,
  held_confirmed: documented,
  held_unconfirmed: documented,
  held_possibly: documented,
  held_by_day: atLeast,
  penalties: documented,
  sentences: documented,
  fines: documented,
  persons_penalised: documented,
  persons_sentenced: documented,
  persons_fined: documented,
  decisions: documented,
  decisions_by_outcome: documented,
  days_imposed_gross: atLeast,
  days_imposed_net: atLeast,
  days_in_custody: atLeast,
  days_served: atLeast,
  days_outstanding: atLeast,
  fine_count: documented,
  fines_gross: atLeast,
  fines_net: atLeast,
  fines_paid: atLeast,
  fines_refunded: atLeast,
  fines_outstanding: atLeast,
  base_units: atLeast,
  term_mean: documented,
  term_median: documented,
  term_least: documented,
  term_greatest: documented,
  fine_mean: documented,
  fine_median: documented,
  fine_least: documented,
  fine_greatest: documented,
  persons_sentenced_repeatedly: documented,
  longest_run: atLeast,
  counsel_denials: documented,
  counsel_denials_by_result: documented,
  counsel_denials_by_pretext: documented,
  counsel_denial_hours: atLeast,
  conditions: documented,
  conditions_by_kind: documented,
  condition_hours: atLeast,
  charges_by_article: documented,
  persons_charged_by_article: documented,
  sentences_by_article: documented,
  days_imposed_by_article: atLeast,
  fines_by_article: documented,
  charges_by_family: documented,
  persons_charged_by_family: documented,
  sentences_by_family: documented,
  days_imposed_by_family: atLeast,
  fines_by_family: documented,
  arrests_by_month: documented,
  sentences_by_month: documented,
  fines_by_month: documented,
  days_imposed_by_month: atLeast,
  days_in_custody_by_month: atLeast,
  days_served_by_month: atLeast,
  documented_beside_estimate: documented,
  estimate_gap: estimated,
  call_outstanding: documented,
  call_met: documented,
  call_met_conditionally: documented,
  files_missing: documented,
  missing: documented,
} as const satisfies Record<string, Definition>;

export type FigureId = keyof typeof DEFINITIONS;

export const FIGURE_IDS = Object.keys(DEFINITIONS) as FigureId[];
