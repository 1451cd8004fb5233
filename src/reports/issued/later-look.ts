import { Injectable } from '@nestjs/common';
import { canonicalJson } from '../../canonical-json.js';
import type { ReportContent, Value } from '../content/content.js';
import { differencesBetween, isOfAValue, type Difference } from './differences.js';
import type { Released } from '../release/released.js';
import { IssuedReports } from './issued-reports.js';
import { PublicReports } from './public-reports.js';
import type { IssuedReport } from './report-issued.js';
import { SharedPlaces } from './shared-places.js';

export interface RevisedReport {
  issue: IssuedReport;
  /** The same question of what is known now, with what may be printed of it; null where no value has changed. */
  revised: { content: ReportContent; differences: Difference[] } | null;
}

export interface CheckedReport {
  issueId: string;
  /** To the byte. */
  equal: boolean;
  /** Where what is stored (before) and what comes out of the store as of then (after) are not the same; never none unless they are equal. */
  differences: Difference[];
}

/** Issued reports as one looks at them later. */
@Injectable()
export class LaterLook {
  constructor(
    private readonly issued: IssuedReports,
    private readonly reports: PublicReports,
    private readonly places: SharedPlaces,
  ) {}

  async revised(issueId: string): Promise<RevisedReport> {
    const issue = await this.issued.find(issueId);
    const { report, basis: asked } = issue.content;
    const { asOf, filters } = asked;
    const { content } = await this.reports.of({ report, asOf, filters });
    const differences = differencesBetween(issue.content, content);
    return { issue, revised: differences.some(isOfAValue) ? { content, differences } : null };
  }

  /** Makes it again from the store as it stood then, beside all that had been issued before it. Throws `issue-out-of-place`. */
  async check(issueId: string): Promise<CheckedReport> {
    const all = await this.issued.all();
    const issue = await this.issued.find(issueId);
    const { report, basis: asked } = issue.content;
    const before = all.filter(({ revision }) => revision < issue.revision);
    const position = await this.places.positionOf(issue);
    const { content, published } = await this.reports.of({ report, ...asked, position }, before);
    // The same state has another position in a store that was moved.
    const basis = { ...content.basis, position: asked.position };
    const again = { content: { ...content, basis }, published };
    const [stored, made] = [wholeOf(issue), wholeOf(again)];
    const differences = [...differencesBetween(issue.content, again.content), ...besideIt(issue, again)];
    // The same places with the same values, but not the same bytes: they stand in another order.
    if (differences.length === 0 && stored !== made)
      differences.push({ section: 'report', place: 'order', before: text(stored), after: text(made) });
    return { issueId, equal: stored === made, differences };
  }
}

type Printed = Pick<Released, 'published'> & Pick<IssuedReport, 'content'>;

const wholeOf = ({ content, published }: Printed): string => canonicalJson({ content, published });

const text = (value: string): Value => ({ kind: 'text', value });

/** What is no section of the report: what it is of, and which of its cells later issues are held to. */
function besideIt(stored: Printed, made: Printed): Difference[] {
  const headOf = ({ content: { sections: _, ...head } }: Printed): string => canonicalJson(head);
  const [before, after] = [headOf(stored), headOf(made)];
  const differences: Difference[] = [];
  if (before !== after)
    differences.push({ section: 'report', place: 'basis', before: text(before), after: text(after) });
  for (const place of new Set([...stored.published, ...made.published])) {
    const said = (keys: readonly string[]): Value | null => (keys.includes(place) ? text('printed') : null);
    const [was, is] = [said(stored.published), said(made.published)];
    if (was === null || is === null)
      differences.push({ section: 'published', place, before: was, after: is });
  }
  return differences;
}
