import { HabeasError } from '../../errors.js';
import type { Filters, ReportName } from '../content/content.js';
import { ISSUABLE, type IssuableReport } from './report-issued.js';

export const isIssuable = (report: ReportName): report is IssuableReport =>
  (ISSUABLE as readonly ReportName[]).includes(report);

/** Throws `not-issuable` for what is of single persons: of that nothing is for the public. `asked`: the pointers of what asked for it. */
export function requireIssuable(
  report: ReportName,
  { caseId }: Filters,
  asked: { report: string; caseId: string },
): asserts report is IssuableReport {
  if (!isIssuable(report))
    throw notIssuable('what names a person, or lists cases, is not issued', asked.report);
  // Even where a number is withheld, it would say of this person that it is not 0.
  if (caseId !== undefined) throw notIssuable('what is about one case is not issued', asked.caseId);
}

const notIssuable = (detail: string, pointer: string): HabeasError =>
  new HabeasError('semantic', 'not-issuable', detail, {
    errors: [{ pointer, message: 'is about single persons' }],
  });
