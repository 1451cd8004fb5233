import { CodeField, IdField } from '../../../cases/http/fields/code-fields.js';
import { InstantField } from '../../../cases/http/fields/date-fields.js';
import { Shape } from '../../../cases/http/fields/shape.js';
import { REPORTS, type ReportName } from '../../content/content.js';
import { FiguresAskedDto } from '../../http/figures-asked.dto.js';

@Shape({ name: 'IssueRequest' })
export class IssueBody extends FiguresAskedDto {
  @CodeField(REPORTS, { description: 'One that names nobody and lists no case; else 422 `not-issuable`' })
  report: ReportName;

  @InstantField({
    optional: true,
    description: 'As it was known then, at least 5 seconds ago; now if absent',
  })
  knownAt?: string;
}

@Shape({ name: 'IssueId' })
export class IssueIdDto {
  @IdField()
  issueId: string;
}
