import type { FigureId } from '../figures/definitions.js';
import { PERSONS } from './published-cell.js';

/**
 * Of what a figure is a sum: figures of one universe can be added up and subtracted from each other. `worlds`: the two worlds apart.
 * `alone`: what is printed is no sum, but rests on single persons or on other figures.
 */
type Universe = { of: string; worlds?: 'both' | 'narrow' | 'wide' } | 'persons' | 'statistic' | 'alone';

const days = (worlds: 'both' | 'narrow' | 'wide'): Universe => ({ of: 'days', worlds });
const IMPOSED: Universe = { of: 'days imposed', worlds: 'both' };
const PENALTIES: Universe = { of: 'penalties' };
const MONEY: Universe = { of: 'money' };
const CHARGES: Universe = { of: 'charges' };
const DENIALS: Universe = { of: 'denials' };
const CONDITIONS: Universe = { of: 'conditions' };
const CALLS: Universe = { of: 'calls' };

export const UNIVERSES: Readonly<Record<FigureId, Universe>> = {
  persons_documented: 'persons',
  arrests: { of: 'arrests' },
  persons_arrested: 'persons',
  charges: CHARGES,
  persons_charged: 'persons',
  persons_detained: 'persons',
  held: 'persons',
  held_confirmed: 'persons',
  held_unconfirmed: 'persons',
  held_possibly: 'persons',
  penalties: PENALTIES,
  sentences: PENALTIES,
  fines: PENALTIES,
  persons_penalised: 'persons',
  persons_sentenced: 'persons',
  persons_fined: 'persons',
  decisions: { of: 'decisions' },
  decisions_by_outcome: { of: 'decisions' },
  days_imposed_gross: IMPOSED,
  days_imposed_net: IMPOSED,
  days_in_custody: days('both'),
  days_served: days('both'),
  days_outstanding: days('both'),
  fine_count: PENALTIES,
  fines_gross: MONEY,
  fines_net: MONEY,
  fines_paid: MONEY,
  fines_refunded: MONEY,
  fines_outstanding: MONEY,
  fines_at_least: 'persons',
  base_units: { of: 'base units' },
  term_mean: 'statistic',
  term_median: 'statistic',
  term_least: 'statistic',
  term_greatest: 'statistic',
  fine_mean: 'statistic',
  fine_median: 'statistic',
  fine_least: 'statistic',
  fine_greatest: 'statistic',
  persons_sentenced_repeatedly: 'persons',
  longest_run: 'alone',
  counsel_denials: DENIALS,
  counsel_denials_by_result: DENIALS,
  counsel_denials_by_pretext: DENIALS,
  counsel_denial_hours: { of: 'hours of denial', worlds: 'both' },
  conditions: CONDITIONS,
  conditions_by_kind: CONDITIONS,
  condition_hours: { of: 'hours of conditions' },
  condition_hours_by_kind: { of: 'hours of conditions' },
  charges_by_article: CHARGES,
  persons_charged_by_article: 'persons',
  sentences_by_article: PENALTIES,
  days_imposed_by_article: IMPOSED,
  fines_by_article: PENALTIES,
  charges_by_family: CHARGES,
  persons_charged_by_family: 'persons',
  sentences_by_family: PENALTIES,
  days_imposed_by_family: IMPOSED,
  fines_by_family: PENALTIES,
  arrests_by_month: { of: 'arrests' },
  sentences_by_month: PENALTIES,
  fines_by_month: PENALTIES,
  days_imposed_by_month: IMPOSED,
  days_in_custody_by_month: days('narrow'),
  days_in_custody_by_month_wide: days('wide'),
  days_served_by_month: days('narrow'),
  days_served_by_month_wide: days('wide'),
  held_by_day: 'persons',
  held_by_day_wide: 'persons',
  // Those beside an estimate are as the figure that they copy.
  documented_beside_estimate: 'alone',
  estimate_gap: 'alone',
  call_outstanding: CALLS,
  call_met: CALLS,
  call_met_conditionally: CALLS,
  call_state: 'alone',
  files_missing: 'persons',
  missing: { of: 'what is missing' },
};

/** The names of the universes of a figure; money is of its currency. */
export function universesOf(figure: FigureId, of = ''): { least?: string; most?: string } {
  const universe = UNIVERSES[figure];
  if (universe === 'persons') return { least: PERSONS };
  if (universe === 'statistic' || universe === 'alone') return {};
  const name = universe === MONEY || universe.of === 'base units' ? `${universe.of} ${of}` : universe.of;
  switch (universe.worlds) {
    case undefined:
      return { least: name };
    case 'both':
      return { least: `${name}, narrow`, most: `${name}, wide` };
    case 'narrow':
      return { least: `${name}, narrow` };
    case 'wide':
      return { least: `${name}, wide` };
  }
}
