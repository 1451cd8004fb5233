import { EARLIER, LATER, PERIOD } from '../figures/calendar.js';
import type { FigureId } from '../figures/definitions.js';
import type { Figures } from '../figures/figures.js';
import { DECISION_CLASSES, DENIAL_RESULTS } from '../figures/sheet.js';
import type { Section, TableSection, Value } from './content.js';
import { breakdown, cellValue, code, column, figuresIn, plot, rowsOf, text } from './sections.js';

export const overview = (figures: Figures): Section =>
  figuresIn('overview', figures, [
    'persons_documented',
    'arrests',
    'persons_arrested',
    'charges',
    'persons_charged',
    'persons_detained',
  ]);

export const heldNow = (figures: Figures): Section =>
  figuresIn('held', figures, ['held', 'held_confirmed', 'held_unconfirmed', 'held_possibly']);

export const penalties = (figures: Figures): Section =>
  figuresIn('penalties', figures, [
    'penalties',
    'sentences',
    'fines',
    'persons_penalised',
    'persons_sentenced',
    'persons_fined',
    'persons_sentenced_repeatedly',
    'longest_run',
  ]);

export const days = (figures: Figures): Section =>
  figuresIn('days', figures, [
    'days_imposed_gross',
    'days_imposed_net',
    'days_in_custody',
    'days_served',
    'days_outstanding',
  ]);

export const terms = (figures: Figures): Section =>
  figuresIn('terms', figures, ['term_mean', 'term_median', 'term_least', 'term_greatest']);

export const decisions = (figures: Figures): Section[] => [
  figuresIn('decisions', figures, ['decisions']),
  breakdown(
    'decisions_by_outcome',
    figures,
    { id: 'outcome', value: (of) => code('outcome', of) },
    ['decisions_by_outcome'],
    DECISION_CLASSES,
  ),
];

/** Each currency by itself: nothing is added across them. */
export const fines = (figures: Figures): Section =>
  breakdown('fines_by_currency', figures, { id: 'currency', value: (of) => text(of) }, [
    'fine_count',
    'fines_gross',
    'fines_net',
    'fines_paid',
    'fines_refunded',
    'fines_outstanding',
    'base_units',
    'fine_mean',
    'fine_median',
    'fine_least',
    'fine_greatest',
    'fines_at_least',
  ]);

const MONTHLY: readonly [figure: FigureId, period: FigureId, of: string][] = [
  ['arrests_by_month', 'arrests', ''],
  ['sentences_by_month', 'sentences', ''],
  ['fines_by_month', 'fines', ''],
  ['days_imposed_by_month', 'days_imposed_gross', ''],
  ['days_in_custody_by_month', 'days_in_custody_by_month', PERIOD],
  ['days_in_custody_by_month_wide', 'days_in_custody_by_month_wide', PERIOD],
  ['days_served_by_month', 'days_served_by_month', PERIOD],
  ['days_served_by_month_wide', 'days_served_by_month_wide', PERIOD],
];

/** Its columns add up to its last row, the period. */
export function byMonth(figures: Figures): TableSection {
  const named = new Set(MONTHLY.flatMap(([figure]) => rowsOf(figures, figure)));
  const months = [...named].filter((row) => /^\d/.test(row)).sort();
  const label = (of: string): Value => (/^\d/.test(of) ? { kind: 'month', value: of } : code('row', of));
  const rows = [
    ...[EARLIER].filter((row) => named.has(row)),
    ...months,
    ...[LATER].filter((row) => named.has(row)),
  ];
  return {
    kind: 'table',
    id: 'by_month',
    columns: [{ id: 'month' }, ...MONTHLY.map(([figure]) => column({ id: figure, figure }))],
    rows: [
      ...rows.map((of) => [label(of), ...MONTHLY.map(([figure]) => cellValue(figures, figure, of))]),
      [code('row', PERIOD), ...MONTHLY.map(([, figure, of]) => cellValue(figures, figure, of))],
    ],
  };
}

export const penaltiesPlot = (): Section =>
  plot('penalties_by_month_plot', 'bars', 'by_month', 'month', ['sentences_by_month', 'fines_by_month']);

export const heldByDay = (figures: Figures): Section[] => [
  breakdown('held_by_day', figures, { id: 'day', value: (of) => ({ kind: 'day', value: of }) }, [
    'held_by_day',
    'held_by_day_wide',
  ]),
  plot('held_by_day_plot', 'line', 'held_by_day', 'day', ['held_by_day', 'held_by_day_wide']),
];

export const denials = (figures: Figures): Section[] => [
  figuresIn('counsel', figures, ['counsel_denials', 'counsel_denial_hours']),
  breakdown(
    'denials_by_result',
    figures,
    { id: 'result', value: (of) => code('result', of) },
    ['counsel_denials_by_result'],
    DENIAL_RESULTS,
  ),
  breakdown('denials_by_pretext', figures, { id: 'pretext', value: (of) => code('pretext', of) }, [
    'counsel_denials_by_pretext',
  ]),
];

export const conditions = (figures: Figures): Section[] => [
  figuresIn('conditions', figures, ['conditions', 'condition_hours']),
  breakdown('conditions_by_kind', figures, { id: 'condition', value: (of) => code('condition', of) }, [
    'conditions_by_kind',
    'condition_hours_by_kind',
  ]),
];
