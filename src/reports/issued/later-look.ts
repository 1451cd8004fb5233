import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../canonical-json.js';
import type { ReportContent } from '../content/content.js';
import { differencesBetween, type Difference } from './differences.js';
import { IssuedReports } from './issued-reports.js';
import { PublicReports } from './public-reports.js';
import type { IssuedReport } from './report-issued.js';

export interface RevisedReport {
  issue: IssuedReport;
  /** The same question of what is known now, with what may be printed of it; null where nothing has changed. */
  revised: { content: ReportContent; differences: Difference[] } | null;
}

export interface CheckedReport {
  issueId: string;
  /** To the byte. */
  equal: boolean;
  /** Where what is stored (before) and what comes out of the store as of then (after) are not the same. */
  differences: Difference[];
}

/** Issued reports as one looks at them later. */
@Injectable()
export class LaterLook {
  constructor(
    private readonly issued: IssuedReports,
    private readonly reports: PublicReports,
  ) {}

  async revised(issueId: string): Promise<RevisedReport> {
    const issue = await this.issued.find(issueId);
    const { report, basis: asked } = issue.content;
    const { asOf, filters } = asked;
    const { content } = await this.reports.of({ report, asOf, filters });
    const differences = differencesBetween(issue.content, content);
    return { issue, revised: differences.length === 0 ? null : { content, differences } };
  }

  /** Makes it again from the store as of its position, beside all that had been issued before it. */
  async check(issueId: string): Promise<CheckedReport> {
    const all = await this.issued.all();
    const issue = await this.issued.find(issueId);
    const { report, basis: asked } = issue.content;
    const before = all.filter(({ revision }) => revision < issue.revision);
    const { content } = await this.reports.of({ report, ...asked }, before);
    const equal = canonicalJson(content) === canonicalJson(issue.content);
    return { issueId, equal, differences: equal ? [] : differencesBetween(issue.content, content) };
  }
}
