import { Injectable } from '@nestjs/common';
import type { Basis, CountedContent, CountedReport } from '../content/content.js';
import { reportContent } from '../content/report-content.js';
import type { GatheredSource } from '../gathering/gathered.js';
import { released, type Released } from '../release/released.js';
import { EarlierCells } from './earlier-cells.js';
import { IssuedReports } from './issued-reports.js';
import type { IssuedReport } from './report-issued.js';

/** Reports that may be printed, beside all that was issued. */
@Injectable()
export class PublicReports {
  constructor(
    private readonly issued: IssuedReports,
    private readonly earlier: EarlierCells,
  ) {}

  /** `after`: all that was published before it; absent: all that was published until now. */
  async released(
    report: CountedReport,
    basis: Basis,
    source: GatheredSource,
    after?: readonly IssuedReport[],
  ): Promise<Released & { content: CountedContent }> {
    const cells = await this.earlier.of(after ?? (await this.issued.all()));
    const printed = released(report, basis, source, cells);
    const content = reportContent(report, { ...printed.source, basis, audience: 'public' });
    return { ...printed, content };
  }
}
