import { readDate } from '../dates/written-date.js';
import type { Day } from '../dates/day.js';
import type { CaseFacts } from '../facts/case-facts.js';
import type { Docket } from './docket.js';

export type ConsentScope = CaseFacts['ConsentRecorded']['scope'];

/**
 * Whether a consent surely stands on a day: of what was recorded last about this scope, that it was given by then and has not run out. What is
 * not certain is no consent.
 */
export function consentOn({ facts }: Docket, scope: ConsentScope, day: Day, timeZone: string): boolean {
  const last = facts.findLast(
    ({ type, data }) =>
      (type === 'ConsentRecorded' || type === 'ConsentWithdrawn') &&
      (data as { scope: string }).scope === scope,
  );
  if (last?.type !== 'ConsentRecorded' || last.on.latest > day) return false;
  const { expires } = last.data;
  return expires === undefined || day < (readDate(expires, timeZone).earliest ?? -Infinity);
}
