import type { Cell } from './outline.js';

/** Two months, day by day, fit on a page; a year takes seventeen. */
const MOST_DAYS = 62;

/**
 * What of a long row of days stands on pages that are read from top to bottom: the last day of each month, and the last of all.
 * Undefined for what is no row of days, or not long.
 */
export function briefly(rows: readonly Cell[][]): Cell[][] | undefined {
  if (rows.length <= MOST_DAYS) return undefined;
  const months = rows.map(([first]) => (first?.value.kind === 'day' ? first.value.value.slice(0, 7) : ''));
  if (months.includes('')) return undefined;
  return rows.filter((_, n) => months[n] !== months[n + 1]);
}
