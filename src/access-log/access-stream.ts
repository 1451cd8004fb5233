export const ACCESS_STREAMS = 'access-';

/** One run of the service writes it, and nobody else. `recordedAt`: RFC 3339 in UTC, of its first entry. */
export const accessStream = (recordedAt: string, run: string, number: number): string =>
  `${ACCESS_STREAMS}${recordedAt.slice(0, 4)}${recordedAt.slice(5, 7)}-${run}.${number}`;
