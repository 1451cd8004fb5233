import { FreshDto } from '../../../cases/http/dto/queries.dto.js';
import { IdField } from '../../../cases/http/fields/code-fields.js';
import { InstantField } from '../../../cases/http/fields/date-fields.js';

export class RegisterQueryDto extends FreshDto {
  @InstantField({ optional: true, description: 'now if absent; at least 5 seconds ago' })
  knownAt?: string;
}

export class EstimatesQueryDto extends RegisterQueryDto {
  @IdField({ optional: true, description: 'of a campaign or a wave itself, not of its waves' })
  campaignId?: string;
}

export class CampaignIdDto {
  @IdField()
  campaignId: string;
}

export class EstimateIdDto {
  @IdField()
  estimateId: string;
}

export class RecommendationIdDto {
  @IdField()
  recommendationId: string;
}
