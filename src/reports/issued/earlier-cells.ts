import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { reportContent } from '../content/report-content.js';
import { saysAllOf } from './differences.js';
import { KeptCells } from './kept-cells.js';
import type { IssuedReport } from './report-issued.js';
import { PublicSources } from './report-source.js';
import { SharedPlaces } from './shared-places.js';

/** Who is behind everything that was published: kept, or worked out again from the store as of then. */
@Injectable()
export class EarlierCells {
  constructor(
    private readonly kept: KeptCells,
    private readonly sources: PublicSources,
    private readonly places: SharedPlaces,
  ) {}

  /** Of each, packed. Throws `issue-not-repeatable` and `issue-out-of-place` rather than to leave one out: what is not known cannot be protected. */
  async of(issues: readonly IssuedReport[]): Promise<Uint8Array[]> {
    const cells: Uint8Array[] = [];
    for (const issue of issues)
      cells.push((await this.kept.find(issue.issueId)) ?? (await this.#again(issue)));
    return cells;
  }

  async #again(issue: IssuedReport): Promise<Uint8Array> {
    const { issueId, content, published, revision } = issue;
    const { report, basis } = content;
    const position = await this.places.positionOf(issue);
    const question = { report, ...basis, position, print: { as: revision } };
    const { source, printed } = await this.sources.of(question, { as: published });
    const again = reportContent(report, { ...source, basis, audience: 'public' });
    if (!saysAllOf(content, again)) throw notRepeatable(issueId);
    await this.kept.keep(issueId, printed.cells);
    return printed.cells;
  }
}

const notRepeatable = (issueId: string): HabeasError =>
  new HabeasError(
    'refused',
    'issue-not-repeatable',
    `the report that was issued as ${issueId} does not come out of the store as it was printed, so it is not known who is behind it; \`habeas report check\` says what differs`,
  );
