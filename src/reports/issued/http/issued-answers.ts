import { ApiProperty } from '@nestjs/swagger';
import { Count, Flag, Id, Instant, Parts, Text } from '../../../cases/http/answers/members.js';
import type { ReportContent, Value } from '../../content/content.js';
import type { Difference } from '../differences.js';
import type { Issued } from '../issue-report.js';
import type { CheckedReport, RevisedReport } from '../later-look.js';
import type { IssuedReport } from '../report-issued.js';

const Content = (more: { nullable?: boolean; description: string }): PropertyDecorator =>
  ApiProperty({ type: 'object', additionalProperties: true, ...more });

const CONTENT = 'the report as its JSON has it; what is not printed is `{"kind":"withheld"}`';

export class IssueView {
  @Id()
  issueId: string;

  @Count({ description: 'its place among the issued reports, from 0' })
  revision: number;

  @Text({ description: 'of the store' })
  position: string;

  @Content({ description: CONTENT })
  content: ReportContent;

  static of({ issueId, revision, position, content }: Issued): IssueView {
    return Object.assign(new IssueView(), { issueId, revision, position, content });
  }
}

export class IssueLine {
  @Id()
  issueId: string;

  @Count({ description: 'its place among the issued reports, from 0' })
  revision: number;

  @Instant()
  issuedAt: string;

  @Id({ description: 'the principal' })
  issuedBy: string;

  @Text()
  report: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'what was asked, and of which state; its position is of the store in which it was issued',
  })
  basis: ReportContent['basis'];

  static of({ issueId, revision, issuedAt, issuedBy, content: { report, basis } }: IssuedReport): IssueLine {
    return Object.assign(new IssueLine(), { issueId, revision, issuedAt, issuedBy, report, basis });
  }
}

export class IssueList {
  @Parts(IssueLine, { description: 'the first one first' })
  items: IssueLine[];
}

export class DifferenceView implements Difference {
  @Text()
  section: string;

  @Text({ description: 'a figure, or a row by what stands first in it, and the column' })
  place: string;

  @Content({ nullable: true, description: 'a value; null: there was no such place' })
  before: Value | null;

  @Content({ nullable: true, description: 'a value; null: there is no such place' })
  after: Value | null;
}

export class IssuedView extends IssueLine {
  @Content({ description: CONTENT })
  content: ReportContent;

  @Content({
    nullable: true,
    description: 'the same question of what is known now; null: the answer is the same',
  })
  revised: ReportContent | null;

  @Parts(DifferenceView, { description: 'between the two' })
  differences: DifferenceView[];

  static for({ issue, revised }: RevisedReport): IssuedView {
    const { content } = issue;
    const more = { content, revised: revised?.content ?? null, differences: revised?.differences ?? [] };
    return Object.assign(new IssuedView(), IssueLine.of(issue), more);
  }
}

export class CheckView implements CheckedReport {
  @Id()
  issueId: string;

  @Flag({ description: 'it comes out of the store as it was printed, to the byte' })
  equal: boolean;

  @Parts(DifferenceView, { description: 'before: as it is stored; after: as it comes out of the store' })
  differences: DifferenceView[];
}
