const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const FIRST_MS = 5 * SECOND;
const GROWTH = 3;
const LONGEST_MS = 4 * HOUR;
/** So that receivers that were away together are not asked again together. The growth outweighs it. */
const JITTER = 0.2;
/** A receiver may ask for more time than that; it does not get it. */
const LONGEST_ASKED_MS = 24 * HOUR;

/** Then a delivery is put aside. By then it was tried for about nine hours. */
export const MOST_TRIES = 10;

/** How long to wait after so many failed tries: growing, shaken by `chance` (from 0 to 1), and never shorter than the receiver asked for. */
export function pauseAfter(tries: number, chance: number, askedMs = 0): number {
  const pause = Math.min(FIRST_MS * GROWTH ** (tries - 1), LONGEST_MS);
  const shaken = pause * (1 - JITTER + 2 * JITTER * chance);
  return Math.round(Math.max(shaken, Math.min(askedMs, LONGEST_ASKED_MS)));
}

/** What a `Retry-After` asks for: seconds or an HTTP date; anything else asks for nothing. */
export function askedFor(retryAfter: string | null, now: Date): number {
  const text = retryAfter?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * SECOND;
  const until = text.endsWith(' GMT') ? Date.parse(text) : Number.NaN;
  return Number.isNaN(until) ? 0 : Math.max(0, until - now.getTime());
}
