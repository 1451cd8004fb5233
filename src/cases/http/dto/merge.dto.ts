import { IdField } from '../fields/code-fields.js';
import { Shape } from '../fields/shape.js';
import { ReasonedDto } from './case.dto.js';

/** The case of the path is merged away into `intoCaseId`, which from then on answers for both. */
@Shape({ name: 'MergeRequest' })
export class MergeRequestDto extends ReasonedDto {
  @IdField()
  intoCaseId: string;
}
