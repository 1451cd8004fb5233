import { ROLES, type Role } from '../../../cases/domain/facts/case-facts.js';
import { CodeField, IdField } from '../../../cases/http/fields/code-fields.js';
import { DayField, InstantField } from '../../../cases/http/fields/date-fields.js';
import { Shape } from '../../../cases/http/fields/shape.js';
import { PatternField, RegionField } from '../../../cases/http/fields/text-fields.js';
import { REPORTS, type ReportName } from '../../content/content.js';
import { ARTICLE, FAMILY } from '../../http/report-query.js';

@Shape({ name: 'IssueRequest' })
export class IssueBody {
  @CodeField(REPORTS, { description: 'One that names nobody and lists no case; else 422 `not-issuable`' })
  report: ReportName;

  @DayField({ optional: true, description: 'The day the figures are of; today if absent' })
  asOf?: string;

  @InstantField({
    optional: true,
    description: 'As it was known then, at least 5 seconds ago; now if absent',
  })
  knownAt?: string;

  @DayField({ optional: true, description: 'First day of the period' })
  from?: string;

  @DayField({ optional: true, description: 'Last day of the period' })
  to?: string;

  @IdField({ optional: true, description: 'A campaign, with its waves' })
  campaignId?: string;

  @PatternField(FAMILY, { optional: true, what: 'the name of a family of articles', example: 'mass_events' })
  family?: string;

  @PatternField(ARTICLE, {
    optional: true,
    what: 'the number of an article, or its code and its number',
    example: 'BY-CoAO-2021/24.23',
  })
  article?: string;

  @RegionField({ optional: true })
  region?: string;

  @CodeField(ROLES, { optional: true })
  role?: Role;
}

@Shape({ name: 'IssueId' })
export class IssueIdDto {
  @IdField()
  issueId: string;
}
