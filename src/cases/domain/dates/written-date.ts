import { parse, type EdtfDate } from 'edtf';
import { Refusal } from '../refusal.js';
import { dayOf, daysInMonth, parseDay, type Day } from './day.js';
import { localDayOf } from './local-day.js';

/** The days a date as written can mean: null is an open end. */
export interface WrittenBounds {
  earliest: Day | null;
  latest: Day | null;
}

/** From 13 on a month would be a season, or a mistake. */
const MONTH = String.raw`(?:0[1-9]|1[0-2])`;
const QUALIFIED = String.raw`\d{4}(?:-${MONTH}(?:-(?:\d\d|XX))?)?[?~%]?`;
const PLAIN = String.raw`\d{4}(?:-${MONTH}(?:-\d\d)?)?`;
const SINGLE = new RegExp(`^${QUALIFIED}$`);
const INTERVAL = new RegExp(`^(${QUALIFIED})/(${QUALIFIED})$`);
const RANGE = new RegExp(String.raw`^\[(${PLAIN})?\.\.(${PLAIN})?\]$`);
/** The days that four digits of a year can write. */
const FIRST_DAY = dayOf(0, 1, 1);
const LAST_DAY = dayOf(9999, 12, 31);

const INSTANT =
  /^\d{4}-\d\d-\d\d[Tt](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

/**
 * The bounds of a date in one of the forms the register takes: a day, month or year in EDTF, qualified or not,
 * `YYYY-MM-XX`, an interval, a range with or without an open end, or an RFC 3339 instant with offset (its day in `timeZone`).
 * Throws a malformed Refusal for anything else, and for a day that does not exist.
 */
export function readDate(text: string, timeZone: string): WrittenBounds {
  // Most dates are plain days, and a parse by `edtf` takes some hundred times as long.
  const day = parseDay(text);
  if (day !== undefined) return { earliest: day, latest: day };

  if (INSTANT.test(text)) {
    const instant = readInstant(text);
    const local = localDayOf(instant, timeZone);
    if (local < FIRST_DAY || local > LAST_DAY) throw notADate(text);
    return { earliest: local, latest: local };
  }
  if (SINGLE.test(text)) return spanOf(text);

  const interval = INTERVAL.exec(text);
  if (interval) return inOrder(text, spanOf(interval[1]!).earliest, spanOf(interval[2]!).latest);

  const range = RANGE.exec(text);
  if (range && (range[1] || range[2])) {
    return inOrder(
      text,
      range[1] ? spanOf(range[1]).earliest : null,
      range[2] ? spanOf(range[2]).latest : null,
    );
  }
  throw notADate(text);
}

function readInstant(text: string): number {
  const instant = Date.parse(text);
  if (parseDay(text.slice(0, 10)) === undefined || Number.isNaN(instant)) throw notADate(text);
  return instant;
}

function spanOf(text: string): { earliest: Day; latest: Day } {
  let date: EdtfDate;
  try {
    date = parse(text) as EdtfDate;
  } catch {
    throw notADate(text);
  }
  const [year, monthFromZero, dayOfMonth] = date.values as [number, number?, number?];
  if (monthFromZero === undefined) return { earliest: dayOf(year, 1, 1), latest: dayOf(year, 12, 31) };
  const month = monthFromZero + 1;
  if (dayOfMonth === undefined || date.unspecified) {
    return { earliest: dayOf(year, month, 1), latest: dayOf(year, month, daysInMonth(year, month)) };
  }
  // `edtf` takes 29 February of any year.
  if (dayOfMonth > daysInMonth(year, month)) throw notADate(text);
  const day = dayOf(year, month, dayOfMonth);
  return { earliest: day, latest: day };
}

function inOrder(text: string, earliest: Day | null, latest: Day | null): WrittenBounds {
  if (earliest !== null && latest !== null && latest < earliest) {
    throw new Refusal('malformed', 'invalid-date', `${text} ends before it begins`);
  }
  return { earliest, latest };
}

const notADate = (text: string): Refusal =>
  new Refusal(
    'malformed',
    'invalid-date',
    `"${text.slice(0, 40)}" is not a date this register takes (EDTF day, month, year, YYYY-MM-XX, interval or range, or an RFC 3339 instant with offset)`,
  );
