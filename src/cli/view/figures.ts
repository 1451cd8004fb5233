/** What is known of a figure: `max` is null without an upper bound. */
interface Range {
  min: number;
  max: number | null;
}

/** `26`, `20–25`, `24+`. */
export const short = ({ min, max }: Range): string =>
  max === min ? `${min}` : max === null ? `${min}+` : `${min}–${max}`;

/** `26`, `20 to 25`, `at least 24`. */
export const long = ({ min, max }: Range): string =>
  max === min ? `${min}` : max === null ? `at least ${min}` : `${min} to ${max}`;

/** `1 day`, `20 to 25 days`, `at least 24 days`. */
export const counted = (range: Range, unit: string): string =>
  `${long(range)} ${unit}${range.min === 1 && range.max === 1 ? '' : 's'}`;

interface Bounds {
  earliest: string | null;
  latest: string | null;
}

/** `2020-01-27`, `2019-12-01 to 2019-12-31`, `by 2020-02-07`, `not before 2020-01-05`. */
export function between({ earliest, latest }: Bounds): string {
  if (earliest === null) return latest === null ? 'no date' : `by ${latest}`;
  if (latest === null) return `not before ${earliest}`;
  return earliest === latest ? earliest : `${earliest} to ${latest}`;
}

/** `in_custody_serving` as it is read. */
export const words = (code: string): string => code.replaceAll('_', ' ');

/** `EventCorrected` as it is read: the names of facts are words of their own. */
export const typeInWords = (type: string): string => type.replaceAll(/(?<=[a-z])[A-Z]/g, ' $&').toLowerCase();
