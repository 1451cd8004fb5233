import { formatDay, type Day } from '../../cases/domain/dates/day.js';
import { monthsUpTo } from '../figures/calendar.js';
import type { SchedulableReport, Wanted } from './schedulable.js';
import { issueIdOf, keyOf, type Scheduled } from './scheduled.js';

/** Older ones may have been moved elsewhere, and are left alone. */
const LOOKED_AFTER_DAYS = 35;
const LONGEST_MONTH = 31;
const MOST_MONTHS = 1_200;

export interface Issued {
  issueId: string;
  /** The local day. */
  on: Day;
}

/**
 * What is to be seen to when the day `ended` is over, in the order in which it is to be issued: what was issued of late, whose
 * documents may not all have been written; each month since the last one that was issued, or else the last month; the last day.
 * `issues`: all there are, the first one first.
 */
export function agenda(ended: Day, { daily, monthly }: Wanted, issues: readonly Issued[]): Scheduled[] {
  const issuedOn = new Map(issues.map(({ issueId, on }) => [issueId, on]));
  const dayOfIssue = (one: Scheduled): Day | undefined => issuedOn.get(issueIdOf(one));
  const months = monthsOver(ended, issues[0]?.on ?? ended);
  const missed = (report: SchedulableReport): Scheduled[] => {
    const all = months.map((period) => ({ schedule: 'monthly', report, period }) as const);
    const last = all.findLastIndex((one) => dayOfIssue(one) !== undefined);
    return last === -1 ? all.slice(-1) : all.slice(last + 1);
  };
  const everyDay = (period: string): Scheduled[] =>
    daily.map((report) => ({ schedule: 'daily', report, period }));
  const everyMonth = (period: string): Scheduled[] =>
    monthly.map((report) => ({ schedule: 'monthly', report, period }));
  const isOfLate = (one: Scheduled): boolean => (dayOfIssue(one) ?? -Infinity) > ended - LOOKED_AFTER_DAYS;
  const ofLate = [...months.flatMap(everyMonth), ...lastDays(ended).flatMap(everyDay)].filter(isOfLate);
  const all = [...ofLate, ...monthly.flatMap(missed), ...everyDay(formatDay(ended))];
  return [...new Map(all.map((one) => [keyOf(one), one])).values()];
}

/** YYYY-MM of the months that are over with this day, back to the one of which the first issue can have been. */
const monthsOver = (ended: Day, firstIssue: Day): string[] =>
  monthsUpTo(ended, Math.min(firstIssue, ended) - LONGEST_MONTH, MOST_MONTHS)
    .filter(({ end }) => end <= ended + 1)
    .map(({ name }) => name);

const lastDays = (ended: Day): string[] =>
  Array.from({ length: LOOKED_AFTER_DAYS }, (_, i) => formatDay(ended - LOOKED_AFTER_DAYS + 1 + i));
