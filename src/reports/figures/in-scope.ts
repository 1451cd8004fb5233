import type { Calendar } from './calendar.js';
import type { Cells } from './cells.js';
import type { HeldDays } from './held-days.js';
import type { Links } from './scope.js';
import { latestOf, type On, type Sheet } from './sheet.js';

/** Where what the cases contribute is counted. */
export interface Counts {
  cells: Cells;
  calendar: Calendar;
  /** The day of the question. */
  asOf: number;
  heldDays: { narrow: HeldDays; wide: HeldDays };
}

/** One case as a question looks at it. */
export interface InScope extends Counts {
  sheet: Sheet;
  links: Links;
}

/** What a sheet names to link others may lie in the days to come; it counts once its day in the narrow world has come. */
export const counts = ({ calendar, asOf }: Counts, on: On): boolean =>
  latestOf(on) <= asOf && calendar.has(on);
