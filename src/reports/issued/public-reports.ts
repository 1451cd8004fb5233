import { Injectable } from '@nestjs/common';
import type { CountedContent, CountedReport } from '../content/content.js';
import { reportContent } from '../content/report-content.js';
import type { Printed, Printing } from '../gathering/gathering.js';
import type { ReportQuestion } from '../gathering/report-question.js';
import { EarlierCells } from './earlier-cells.js';
import { IssuedReports } from './issued-reports.js';
import type { IssuedReport } from './report-issued.js';
import { PublicSources } from './report-source.js';

/** Reports that may be printed, beside all that was issued. */
@Injectable()
export class PublicReports {
  constructor(
    private readonly issued: IssuedReports,
    private readonly earlier: EarlierCells,
    private readonly sources: PublicSources,
  ) {}

  /** `after`: all that was published before it; absent: all that was published until now. */
  async of(
    asked: Omit<ReportQuestion, 'report' | 'audience' | 'print'> & { report: CountedReport },
    after?: readonly IssuedReport[],
  ): Promise<Printed & { content: CountedContent }> {
    const { print, printing } = await this.beside(after);
    const { basis, source, printed } = await this.sources.of({ ...asked, print }, printing);
    return { ...printed, content: reportContent(asked.report, { ...source, basis, audience: 'public' }) };
  }

  /** What a report is to be asked for with that is published after these, or after all. */
  async beside(
    after?: readonly IssuedReport[],
  ): Promise<Required<Pick<ReportQuestion, 'print'>> & { printing: Printing }> {
    const issues = after ?? (await this.issued.all());
    return { print: { beside: issues.length }, printing: { beside: await this.earlier.of(issues) } };
  }
}
