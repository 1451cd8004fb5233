import { dayOf, daysInMonth, formatDay, parseDay, type Day } from '../../cases/domain/dates/day.js';
import type { Question } from './figures.js';
import { earliestOf, latestOf, type On } from './sheet.js';

export interface Month {
  /** YYYY-MM. */
  name: string;
  start: Day;
  /** The first day that is no longer of it. */
  end: Day;
}

/** The row of what lies in the period before the months that are shown. */
export const EARLIER = 'earlier';
/** The row of sentences that only the wide world has by the day of the question: their months are not shown yet. */
export const LATER = 'later';
/** The row of the whole period. */
export const PERIOD = 'period';

const MONTHS_OF_A_YEAR = 12;
const MOST_MONTHS = 240;
const MOST_DAYS = 366;

/** The period of a question, by which things are counted on the day they have in the narrow world, and its months and days. */
export class Calendar {
  readonly from: number;
  readonly to: number;
  /** Days of custody count up to here: the end of the period, or the day of the question. */
  readonly until: number;
  private readonly last: number;
  readonly months: readonly Month[];
  readonly firstDay: Day;

  constructor({ asOf, filters, months, days = MOST_DAYS }: Question) {
    this.from = filters.from === undefined ? -Infinity : dayIn(filters.from);
    this.to = filters.to === undefined ? Infinity : dayIn(filters.to);
    this.until = Math.min(this.to + 1, asOf);
    this.last = Math.min(this.to, asOf);
    const most = months ?? (filters.from === undefined ? MONTHS_OF_A_YEAR : MOST_MONTHS);
    this.months = this.last < this.from ? [] : monthsUpTo(this.last, this.from, most);
    this.firstDay = Math.max(this.from, this.until - days);
  }

  get hasEarlier(): boolean {
    return this.months.length > 0 && this.from < this.months[0]!.start;
  }

  has(on: On): boolean {
    const day = latestOf(on);
    return this.from <= day && day <= this.to;
  }

  /** May belong to another period: it can have happened before this one began. */
  isUncertain = (on: On): boolean => earliestOf(on) < this.from;

  /** The row that a day of the period is in, and whether what has these bounds may belong to another. */
  rowOf(on: On): { row: string; uncertain: boolean } {
    const day = latestOf(on);
    const month = this.months[this.placeOf(day)];
    if (month ? day >= month.end : day > this.last) return { row: LATER, uncertain: false };
    if (!month) return { row: EARLIER, uncertain: this.isUncertain(on) };
    return { row: month.name, uncertain: earliestOf(on) < month.start };
  }

  /** Calls `count` with the days of each row that `[from, to)` reaches into. */
  eachMonth(from: number, to: number, count: (row: string, days: number) => void): void {
    const { months } = this;
    const first = months[0]?.start ?? to;
    if (from < first) count(EARLIER, Math.min(to, first) - from);
    for (let i = Math.max(0, this.placeOf(from)); i < months.length; i++) {
      const { name, start, end } = months[i]!;
      if (start >= to) return;
      count(name, Math.min(to, end) - Math.max(from, start));
    }
  }

  /** Of the last month that begins by a day; -1 before the first. */
  private placeOf(day: number): number {
    let [low, high] = [0, this.months.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.months[middle]!.start <= day) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

function dayIn(filter: string): Day {
  const day = parseDay(filter);
  if (day === undefined) throw new Error(`the filter ${filter} is no day`);
  return day;
}

/** Up to the month of `last`, back to that of `from`; at most so many, the last ones. */
export function monthsUpTo(last: Day, from: number, most: number): Month[] {
  let [year, month] = formatDay(last).split('-').map(Number) as [number, number];
  const months: Month[] = [];
  do {
    const start = dayOf(year, month, 1);
    months.push({ name: formatDay(start).slice(0, 7), start, end: start + daysInMonth(year, month) });
    [year, month] = month === 1 ? [year - 1, 12] : [year, month - 1];
  } while (months.length < most && months.at(-1)!.start > from);
  return months.reverse();
}
