import { REPORTS } from '../content/content.js';
import { ISSUABLE, type IssuableReport } from '../issued/report-issued.js';

/** Which campaign is published is for people to decide; all else that may be published needs no more than a day or a month. */
export type SchedulableReport = Exclude<IssuableReport, 'campaign'>;
export const SCHEDULABLE: readonly SchedulableReport[] = ISSUABLE.filter((one) => one !== 'campaign');

/** What is to be made of every day, and of every month. */
export interface Wanted {
  daily: readonly SchedulableReport[];
  monthly: readonly SchedulableReport[];
}

/** Why a report is on no schedule, for who has put it there; undefined: it may be on one. */
export function whyNotScheduled(name: string): string | undefined {
  if (SCHEDULABLE.some((one) => one === name)) return undefined;
  return `"${name}" ${reasonAgainst(name)}; on a schedule can be ${SCHEDULABLE.join(', ')}`;
}

function reasonAgainst(name: string): string {
  if (name === 'campaign') return 'is about one campaign: whoever wants it published asks for it';
  const isReport = REPORTS.some((one) => one === name);
  return isReport ? 'names persons or lists cases, and is never published' : 'is no report';
}
