import { readDate } from '../domain/dates/written-date.js';
import type { Day } from '../domain/dates/day.js';
import type { DatedFact, Docket } from '../domain/timeline/docket.js';

export interface PlannedHearing {
  hearingId: string;
  earliest: Day;
  latest: Day;
}

/** The hearings still to come: neither held nor put off without a new date. One put off to a day is planned for that day. */
export function plannedHearings({ facts }: Docket, timeZone: string): PlannedHearing[] {
  const held = new Set<string>();
  const adjourned = new Map<string, DatedFact<'HearingAdjourned'>>();
  const scheduled: DatedFact<'HearingScheduled'>[] = [];
  for (const fact of facts) {
    if (fact.type === 'HearingScheduled') scheduled.push(fact);
    if (fact.type === 'HearingHeld') held.add(fact.data.hearingId);
    if (fact.type === 'HearingAdjourned') adjourned.set(fact.data.hearingId, fact);
  }
  return scheduled.flatMap(({ data: { hearingId }, on }): PlannedHearing[] => {
    if (held.has(hearingId)) return [];
    const moved = adjourned.get(hearingId);
    if (!moved) return [{ hearingId, earliest: on.earliest ?? on.latest, latest: on.latest }];
    if (moved.data.to === undefined) return [];
    const { earliest, latest } = readDate(moved.data.to, timeZone);
    const [from, to] = [earliest ?? latest, latest ?? earliest];
    return from === null || to === null ? [] : [{ hearingId, earliest: from, latest: to }];
  });
}
