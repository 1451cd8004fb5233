/** The largest of everything a fact can say: what stores, sums and readers of it can rely on. */
export const LONGEST_TEXT = 16_384;
export const LONGEST_NAME = 500;
export const LONGEST_URL = 2_048;
export const LONGEST_DATE = 64;
/** A hundred years: no sentence is longer, no date after it would be told, and every sum of such figures stays exact. */
export const MOST_DAYS = 36_525;
export const MOST_HOURS = MOST_DAYS * 24;
export const MOST_BASE_UNITS = 1_000_000;
export const MOST_SOURCES = 50;
export const MOST_NAMES = 50;
export const MOST_READERS = 100;
export const MOST_REPORTED = 20;
export const MOST_REQUESTS = 10_000;
export const MOST_ORDINAL = 1_000;
