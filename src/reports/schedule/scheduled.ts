import { dayOf, daysInMonth, formatDay, type Day } from '../../cases/domain/dates/day.js';
import { CommandIds } from '../../recording/command-ids.js';
import type { CommandEnvelope } from '../../security/command-envelope.js';
import type { AskedIssue } from '../issued/issue-report.js';
import type { SchedulableReport } from './schedulable.js';

type Schedule = 'daily' | 'monthly';

/** One report on one day or month that is over. */
export interface Scheduled {
  schedule: Schedule;
  report: SchedulableReport;
  /** YYYY-MM-DD, or YYYY-MM. */
  period: string;
}

/** Who issues what is on schedule: nobody with a key, and never another one, or all would be issued again. */
export const SCHEDULE_PRINCIPAL = '5c4ed01e-0000-4000-8000-000000000001';

export const keyOf = ({ schedule, report, period }: Scheduled): string => `${schedule}/${report}/${period}`;

const idsOf = (one: Scheduled): CommandIds => new CommandIds(SCHEDULE_PRINCIPAL, keyOf(one));

/** The same for whoever issues it, however often: in the register there is one. */
export const issueIdOf = (one: Scheduled): string => idsOf(one).for('issue');

/** What is asked for, as everything known now has it. */
export function questionOf({ schedule, report, period }: Scheduled): AskedIssue {
  if (schedule === 'daily') return { report, asOf: period, filters: {} };
  const [year, month] = period.split('-').map(Number) as [number, number];
  const first: Day = dayOf(year, month, 1);
  const asOf = formatDay(first + daysInMonth(year, month) - 1);
  return { report, asOf, filters: { from: formatDay(first), to: asOf } };
}

/** The question hangs on the key alone, and stands for what a repeat has to say again. */
export const envelopeOf = (one: Scheduled): CommandEnvelope => ({
  principalId: SCHEDULE_PRINCIPAL,
  roles: ['reporter'],
  correlationId: issueIdOf(one),
  idempotency: { key: keyOf(one), digest: keyOf(one) },
});
