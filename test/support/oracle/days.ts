/** A local date as whole days since 1970-01-01. An open start is minus infinity: it lies before everything. */
export type Day = number;
export const BEFORE_EVERYTHING: Day = -Infinity;

export interface Bounds {
  earliest: Day;
  latest: Day;
}

/** Minsk has kept one offset, three hours ahead of UTC, for all the years the register speaks of. */
const MINSK_AHEAD_MS = 3 * 3_600_000;
const DAY_MS = 86_400_000;

export const dayOf = (year: number, month: number, day: number): Day =>
  Date.UTC(year, month - 1, day) / DAY_MS;

export const dayOfInstant = (instant: string): Day =>
  Math.floor((new Date(instant).getTime() + MINSK_AHEAD_MS) / DAY_MS);

export function parseDay(text: string): Day {
  const [year, month, day] = text.split('-').map(Number);
  return dayOf(year ?? NaN, month ?? NaN, day ?? NaN);
}

export const showDay = (day: Day): string | null =>
  Number.isFinite(day) ? new Date(day * DAY_MS).toISOString().slice(0, 10) : null;

export function sameDayNextYear(day: Day): Day {
  const date = new Date(day * DAY_MS);
  return Date.UTC(date.getUTCFullYear() + 1, date.getUTCMonth(), date.getUTCDate()) / DAY_MS;
}

interface Span {
  earliest: Day | null;
  latest: Day | null;
}

/** What the text alone says; null where it leaves a side open. */
export function spanOf(text: string | undefined): Span {
  if (text === undefined) return { earliest: null, latest: null };
  if (text.includes('T')) {
    const day = dayOfInstant(text);
    return { earliest: day, latest: day };
  }
  const plain = text.replaceAll(/[?~%]/g, '');
  if (plain.startsWith('[')) {
    const [from, to] = plain.slice(1, -1).split('..');
    return { earliest: sideOf(from).earliest, latest: sideOf(to).latest };
  }
  if (plain.includes('/')) {
    const [from, to] = plain.split('/');
    return { earliest: sideOf(from).earliest, latest: sideOf(to).latest };
  }
  return sideOf(plain);
}

/** A day, a month or a year; nothing (or two dots) is an open side. */
function sideOf(text: string | undefined): Span {
  if (text === undefined || text === '' || text === '..') return { earliest: null, latest: null };
  const [yearText, monthText, dayText] = text.split('-');
  const year = Number(yearText);
  if (monthText === undefined) return { earliest: dayOf(year, 1, 1), latest: dayOf(year, 12, 31) };
  const month = Number(monthText);
  if (dayText === undefined || dayText === 'XX') {
    return { earliest: dayOf(year, month, 1), latest: dayOf(year, month + 1, 1) - 1 };
  }
  const day = dayOf(year, month, Number(dayText));
  return { earliest: day, latest: day };
}

/** The bounds of a date of a fact, given what closes an open latest: its sources' publications, else its recording. */
export function boundsOf(
  text: string | undefined,
  published: readonly (string | undefined)[],
  recorded: Day,
): Bounds {
  const span = spanOf(text);
  const earliest = span.earliest ?? BEFORE_EVERYTHING;
  let latest = span.latest;
  if (latest === null) {
    for (const publication of published) {
      const by = spanOf(publication).latest;
      if (by !== null && (latest === null || by < latest)) latest = by;
    }
  }
  latest ??= recorded;
  return { earliest, latest: Math.max(earliest, latest) };
}
