import type { RecordedDate, Source } from '../facts/common.js';
import type { Day } from './day.js';
import { localDayOf } from './local-day.js';
import { readDate } from './written-date.js';

/** The days on which a fact can have happened. An open earliest (null) lies before everything; a latest there always is. */
export interface Bounds {
  earliest: Day | null;
  latest: Day;
}

/**
 * A fact happened no later than its sources say it did: where its date gives no latest day, the earliest publication
 * does, and where nothing was published, the day it was recorded.
 */
export function boundsOf(
  written: RecordedDate | undefined,
  accounts: readonly Source[],
  recordedAt: string,
  timeZone: string,
): Bounds {
  const { earliest, latest } =
    written === undefined ? { earliest: null, latest: null } : readDate(written, timeZone);
  const closed = latest ?? publishedBy(accounts, timeZone) ?? localDayOf(Date.parse(recordedAt), timeZone);
  return { earliest, latest: earliest !== null && closed < earliest ? earliest : closed };
}

/** The latest day of the earliest publication; undefined where no publication has a latest day. */
export function publishedBy(accounts: readonly Source[], timeZone: string): Day | undefined {
  let earliest: Day | undefined;
  for (const { published } of accounts) {
    const latest = published === undefined ? null : readDate(published, timeZone).latest;
    if (latest !== null && (earliest === undefined || latest < earliest)) earliest = latest;
  }
  return earliest;
}
