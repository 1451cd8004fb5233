import { PERIOD } from './calendar.js';
import { keyOf, type Cells } from './cells.js';
import type { FigureId } from './definitions.js';
import type { Sum } from './figures.js';

const OF_FIGURES: readonly [total: FigureId, parts: readonly FigureId[]][] = [
  ['held', ['held_confirmed', 'held_unconfirmed']],
  ['penalties', ['sentences', 'fines']],
];

const OF_ROWS: readonly [total: FigureId, rows: FigureId][] = [
  ['arrests', 'arrests_by_month'],
  ['charges', 'charges_by_article'],
  ['charges', 'charges_by_family'],
  ['sentences', 'sentences_by_month'],
  ['sentences', 'sentences_by_article'],
  ['sentences', 'sentences_by_family'],
  ['fines', 'fines_by_month'],
  ['fines', 'fines_by_article'],
  ['fines', 'fines_by_family'],
  ['decisions', 'decisions_by_outcome'],
  ['days_imposed_gross', 'days_imposed_by_month'],
  ['days_imposed_gross', 'days_imposed_by_article'],
  ['days_imposed_gross', 'days_imposed_by_family'],
  ['counsel_denials', 'counsel_denials_by_result'],
  ['counsel_denials', 'counsel_denials_by_pretext'],
  ['conditions', 'conditions_by_kind'],
  ['condition_hours', 'condition_hours_by_kind'],
];

const OF_PERIOD: readonly FigureId[] = [
  'days_in_custody_by_month',
  'days_in_custody_by_month_wide',
  'days_served_by_month',
  'days_served_by_month_wide',
];

/** By article, and the family that adds up the articles. */
const OF_FAMILIES: readonly [articles: FigureId, families: FigureId][] = [
  ['charges_by_article', 'charges_by_family'],
  ['sentences_by_article', 'sentences_by_family'],
  ['days_imposed_by_article', 'days_imposed_by_family'],
  ['fines_by_article', 'fines_by_family'],
];

/** Which cells add up to which; `families` are those of the articles that were met. */
export function sumsOf(cells: Cells, families: ReadonlyMap<string, string>): Sum[] {
  const keys = (figure: FigureId, rows: readonly string[]): string[] => rows.map((row) => keyOf(figure, row));
  return [
    ...OF_FIGURES.map(([total, parts]) => ({ total, parts })),
    ...OF_ROWS.map(([total, figure]) => ({ total, parts: keys(figure, cells.rows(figure)) })),
    ...OF_PERIOD.map((figure) => ({
      total: keyOf(figure, PERIOD),
      parts: keys(
        figure,
        cells.rows(figure).filter((row) => row !== PERIOD),
      ),
    })),
    ...OF_FAMILIES.flatMap(([articles, figure]) =>
      cells.rows(figure).map((family) => ({
        total: keyOf(figure, family),
        parts: keys(
          articles,
          cells.rows(articles).filter((article) => families.get(article) === family),
        ),
      })),
    ),
  ];
}
