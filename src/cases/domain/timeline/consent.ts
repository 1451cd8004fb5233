import type { Day } from '../dates/day.js';
import { readDate } from '../dates/written-date.js';
import type { CONSENT_SCOPES } from '../facts/case-facts.js';
import type { DatedFact, Docket } from './docket.js';

export type ConsentScope = (typeof CONSENT_SCOPES)[number];

/**
 * Whether the person, the family or a lawyer stands by a consent on a day. Where dates leave room for no, the answer is no: a
 * consent counts from its latest day, and no longer from the earliest day on which it can expire; a withdrawal counts from its
 * earliest day, and only a consent that was surely given after it stands again. One that says no day is of the day it was recorded.
 */
export function consentOn({ facts }: Docket, scope: ConsentScope, day: Day, timeZone: string): boolean {
  const withdrawals = facts.filter(
    (fact): fact is DatedFact<'ConsentWithdrawn'> =>
      fact.type === 'ConsentWithdrawn' && fact.data.scope === scope && (fact.on.earliest ?? -Infinity) <= day,
  );
  return facts.some((fact) => {
    if (fact.type !== 'ConsentRecorded' || fact.data.scope !== scope || fact.on.latest > day) return false;
    const { at, expires } = fact.data;
    if (expires !== undefined && (readDate(expires, timeZone).earliest ?? -Infinity) <= day) return false;
    const given = at === undefined ? fact.on.latest : (fact.on.earliest ?? -Infinity);
    return withdrawals.every(({ on }) => given > on.latest);
  });
}
