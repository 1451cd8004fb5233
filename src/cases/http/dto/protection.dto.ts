import { PickType } from '@nestjs/swagger';
import { IdsField } from '../fields/code-fields.js';
import { Shape } from '../fields/shape.js';
import { ReasonedDto } from './case.dto.js';
import { CircumstanceDto } from './circumstance.dto.js';

const MOST_READERS = 100;

@Shape({ name: 'RestrictionRequest' })
export class RestrictionRequestDto extends ReasonedDto {
  @IdsField({ max: MOST_READERS, description: 'principals; nobody: the restriction is lifted' })
  to: string[];
}

/** No words: the key that would seal them is about to be destroyed. */
@Shape({ name: 'ErasureApproval' })
export class ErasureApprovalDto extends PickType(CircumstanceDto, ['at']) {}
