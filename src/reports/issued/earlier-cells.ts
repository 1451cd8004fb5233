import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../canonical-json.js';
import { HabeasError } from '../../errors.js';
import { reportContent } from '../content/report-content.js';
import type { PublishedCell } from '../release/published-cell.js';
import { releasedAs } from '../release/released.js';
import { KeptCells } from './kept-cells.js';
import type { IssuedReport } from './report-issued.js';
import { PublicSources } from './report-source.js';

/** Who is behind everything that was published: kept, or worked out again from the store as of then. */
@Injectable()
export class EarlierCells {
  constructor(
    private readonly kept: KeptCells,
    private readonly sources: PublicSources,
  ) {}

  /** Throws `issue-not-repeatable` rather than to leave one out: what is not known cannot be protected. */
  async of(issues: readonly IssuedReport[]): Promise<PublishedCell[]> {
    const cells: PublishedCell[] = [];
    for (const issue of issues)
      cells.push(...((await this.kept.find(issue.issueId)) ?? (await this.#again(issue))));
    return cells;
  }

  async #again({ issueId, content, published }: IssuedReport): Promise<readonly PublishedCell[]> {
    const { report, basis: asked } = content;
    const { basis, source } = await this.sources.of({ report, ...asked });
    const { source: printed, cells } = releasedAs(report, basis, source, published);
    const again = reportContent(report, { ...printed, basis, audience: 'public' });
    if (canonicalJson(again) !== canonicalJson(content)) throw notRepeatable(issueId);
    await this.kept.keep(issueId, cells);
    return cells;
  }
}

const notRepeatable = (issueId: string): HabeasError =>
  new HabeasError(
    'refused',
    'issue-not-repeatable',
    `the report that was issued as ${issueId} does not come out of the store as it was printed, so it is not known who is behind it; \`habeas report check\` says what differs`,
  );
