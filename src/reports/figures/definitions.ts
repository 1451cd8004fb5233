import type { Caveat } from '../content/content.js';

/** What a number of the figure is. `most` and the statistics are not sums: they are worked out of all there is. */
type Form =
  | 'count'
  | 'persons'
  /** Days in one world; absent where an open start makes them endless. */
  | 'days_in_world'
  | 'days'
  | 'hours'
  | 'money'
  | 'base_units'
  | 'most'
  | 'statistic'
  | 'derived';

interface Definition {
  /** Raised whenever the same facts may give another number. */
  version: number;
  caveat: Caveat;
  form: Form;
  /** What it is told apart by; absent where it is one number. */
  by?: By;
}

type By =
  | 'outcome'
  | 'currency'
  | 'result'
  | 'pretext'
  | 'kind'
  | 'article'
  | 'family'
  | 'month'
  | 'day'
  | 'estimate'
  | 'call'
  | 'code';

const documented = (form: Form, by?: By): Definition => ({
  version: 1,
  caveat: 'documented',
  form,
  ...(by ? { by } : {}),
});
const atLeast = (form: Form, by?: By): Definition => ({ ...documented(form, by), caveat: 'at_least' });

const FIGURES = {
  persons_documented: documented('persons'),
  arrests: documented('count'),
  persons_arrested: documented('persons'),
  charges: documented('count'),
  persons_charged: documented('persons'),
  persons_detained: documented('persons'),
  held: documented('persons'),
  held_confirmed: documented('persons'),
  held_unconfirmed: documented('persons'),
  held_possibly: documented('persons'),
  penalties: documented('count'),
  sentences: documented('count'),
  fines: documented('count'),
  persons_penalised: documented('persons'),
  persons_sentenced: documented('persons'),
  persons_fined: documented('persons'),
  decisions: documented('count'),
  decisions_by_outcome: documented('count', 'outcome'),
  days_imposed_gross: atLeast('days'),
  days_imposed_net: documented('days'),
  days_in_custody: atLeast('days'),
  days_served: atLeast('days'),
  days_outstanding: documented('days'),
  fine_count: documented('count', 'currency'),
  fines_gross: atLeast('money', 'currency'),
  fines_net: documented('money', 'currency'),
  fines_paid: atLeast('money', 'currency'),
  fines_refunded: atLeast('money', 'currency'),
  fines_outstanding: documented('money', 'currency'),
  fines_at_least: documented('persons', 'currency'),
  base_units: documented('base_units', 'currency'),
  term_mean: documented('statistic'),
  term_median: documented('statistic'),
  term_least: documented('statistic'),
  term_greatest: documented('statistic'),
  fine_mean: documented('statistic', 'currency'),
  fine_median: documented('statistic', 'currency'),
  fine_least: documented('statistic', 'currency'),
  fine_greatest: documented('statistic', 'currency'),
  persons_sentenced_repeatedly: documented('persons'),
  longest_run: atLeast('most'),
  counsel_denials: documented('count'),
  counsel_denials_by_result: documented('count', 'result'),
  counsel_denials_by_pretext: documented('count', 'pretext'),
  counsel_denial_hours: atLeast('hours'),
  conditions: documented('count'),
  conditions_by_kind: documented('count', 'kind'),
  condition_hours: atLeast('hours'),
  condition_hours_by_kind: atLeast('hours', 'kind'),
  charges_by_article: documented('count', 'article'),
  persons_charged_by_article: documented('persons', 'article'),
  sentences_by_article: documented('count', 'article'),
  days_imposed_by_article: atLeast('days', 'article'),
  fines_by_article: documented('count', 'article'),
  charges_by_family: documented('count', 'family'),
  persons_charged_by_family: documented('persons', 'family'),
  sentences_by_family: documented('count', 'family'),
  days_imposed_by_family: atLeast('days', 'family'),
  fines_by_family: documented('count', 'family'),
  arrests_by_month: documented('count', 'month'),
  sentences_by_month: documented('count', 'month'),
  fines_by_month: documented('count', 'month'),
  days_imposed_by_month: atLeast('days', 'month'),
  days_in_custody_by_month: atLeast('days_in_world', 'month'),
  days_in_custody_by_month_wide: documented('days_in_world', 'month'),
  days_served_by_month: atLeast('days_in_world', 'month'),
  days_served_by_month_wide: documented('days_in_world', 'month'),
  held_by_day: atLeast('persons', 'day'),
  held_by_day_wide: documented('persons', 'day'),
  documented_beside_estimate: documented('derived', 'estimate'),
  estimate_gap: { ...documented('derived', 'estimate'), caveat: 'estimated', version: 2 },
  call_outstanding: documented('count', 'call'),
  call_met: documented('count', 'call'),
  call_met_conditionally: documented('count', 'call'),
  call_state: documented('derived', 'call'),
  files_missing: documented('persons', 'code'),
  missing: documented('count', 'code'),
} satisfies Record<string, Definition>;

export type FigureId = keyof typeof FIGURES;

/** Every figure there is, in the order in which they are listed; docs/figures.md says what each of them is. */
export const DEFINITIONS: Readonly<Record<FigureId, Definition>> = FIGURES;

export const FIGURE_IDS = Object.keys(FIGURES) as FigureId[];
