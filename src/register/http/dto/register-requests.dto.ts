import type { Type as Class } from '@nestjs/common';
import { OmitType } from '@nestjs/swagger';
import { EventCorrectedDto } from '../../../cases/http/dto/corrections.dto.js';
import { IdField } from '../../../cases/http/fields/code-fields.js';
import { PartField } from '../../../cases/http/fields/part-fields.js';
import { Shape } from '../../../cases/http/fields/shape.js';
import { CampaignDefinedDto, EstimateRecordedDto, RecommendationIssuedDto } from './register.dto.js';

@Shape({ name: 'DefineCampaignRequest' })
export class DefineCampaignRequestDto extends CampaignDefinedDto {
  @IdField({ optional: true })
  campaignId?: string;
}

@Shape({ name: 'RecordEstimateRequest' })
export class RecordEstimateRequestDto extends EstimateRecordedDto {
  @IdField({ optional: true })
  estimateId?: string;
}

@Shape({ name: 'IssueRecommendationRequest' })
export class IssueRecommendationRequestDto extends RecommendationIssuedDto {
  @IdField({ optional: true })
  recommendationId?: string;
}

/** `data` is the whole new body, `at`, `sources` and `remark` included. It has the shape of what the stream was opened with: nothing else in it is corrected. */
export function correctionRequest(name: string, replaced: Class<object>): Class<object> {
  @Shape({ name })
  class CorrectionRequest extends OmitType(EventCorrectedDto, ['data']) {
    @PartField(replaced)
    data: object;
  }
  return CorrectionRequest;
}
