import { ApiSchema } from '@nestjs/swagger';
import { RELIABILITIES, SOURCE_KINDS } from '../../../cases/domain/facts/common.js';
import { Code, Count, Flag, Id, Instant, Part, Parts, Text } from '../../../cases/http/answers/members.js';
import { StreamEntryDto } from '../../../cases/http/answers/stream-entry.dto.js';
import { ProvisionDto } from '../../../cases/http/dto/proceedings.dto.js';
import {
  ESTIMATE_UNITS,
  PREDICATES,
  QUANTITY_OPS,
  RECOMMENDATION_KINDS,
  type Quantity,
  type Scope,
} from '../../domain/facts.js';
import type { Campaign, Estimate, Recommendation } from '../../domain/register.js';
import type { CampaignWithWaves, RegisterHistory } from '../../queries/register-reading.js';

/** As everybody may read it: without the words, which the history has. */
type Shown<T> = Omit<T, 'sources' | 'remark'>;

@ApiSchema({ name: 'ShownSource', description: 'A source without what it says: the history has that' })
class ShownSourceDto {
  @Code(SOURCE_KINDS)
  kind: string;

  @Text({ required: false })
  published?: string;

  @Flag()
  confidential: boolean;

  @Code(RELIABILITIES, { required: false })
  reliability?: string;
}

class StandingDto {
  @Count({ description: 'of the last event of its stream' })
  revision: number;

  @Instant({ description: 'when it was first recorded' })
  recordedAt: string;

  @Id({ description: 'the event to correct or to void' })
  eventId: string;

  @Text({ required: false })
  at?: string;

  @Parts(ShownSourceDto, { required: false })
  sources?: ShownSourceDto[];
}

@ApiSchema({ name: 'Campaign' })
class CampaignDto extends StandingDto implements Shown<Campaign> {
  @Id()
  campaignId: string;

  @Text()
  name: string;

  @Text({ description: 'as recorded' })
  period: string;

  @Text({ required: false })
  trigger?: string;

  @Id({ required: false, description: 'the campaign that it is a wave of' })
  parentId?: string;

  @Count({ required: false })
  ordinal?: number;
}

@ApiSchema({ name: 'CampaignWithWaves' })
export class CampaignWithWavesDto extends CampaignDto implements Shown<Omit<CampaignWithWaves, 'waves'>> {
  @Parts(CampaignDto, { description: 'by their numbers' })
  waves: CampaignDto[];
}

@ApiSchema({ name: 'Campaigns' })
export class CampaignsDto {
  @Parts(CampaignWithWavesDto, { description: 'in the order of recording' })
  items: CampaignWithWavesDto[];
}

@ApiSchema({ name: 'EstimatedQuantity' })
class EstimatedQuantityDto implements Quantity {
  @Code(QUANTITY_OPS)
  op: (typeof QUANTITY_OPS)[number];

  @Count({ required: false })
  value?: number;

  @Count({ required: false })
  low?: number;

  @Count({ required: false })
  high?: number;

  @Text({ required: false })
  word?: string;
}

@ApiSchema({ name: 'Estimate' })
export class EstimateDto extends StandingDto implements Shown<Estimate> {
  @Id()
  estimateId: string;

  @Part(EstimatedQuantityDto)
  quantity: EstimatedQuantityDto;

  @Code(ESTIMATE_UNITS)
  unit: (typeof ESTIMATE_UNITS)[number];

  @Code(PREDICATES)
  predicate: (typeof PREDICATES)[number];

  @Text({ description: 'as recorded' })
  period: string;

  @Id({ required: false })
  campaignId?: string;

  @Text()
  estimator: string;

  @Text({ required: false })
  relayedBy?: string;

  @Text({ required: false })
  asOf?: string;
}

@ApiSchema({ name: 'Estimates' })
export class EstimatesDto {
  @Parts(EstimateDto, { description: 'in the order of recording' })
  items: EstimateDto[];
}

@ApiSchema({ name: 'ScopeOfRecommendation' })
class ScopeAnswerDto implements Scope {
  @Part(ProvisionDto, { required: false })
  provision?: ProvisionDto;

  @Id({ required: false })
  campaignId?: string;
}

@ApiSchema({ name: 'Recommendation' })
export class RecommendationDto extends StandingDto implements Shown<Recommendation> {
  @Id()
  recommendationId: string;

  @Code(RECOMMENDATION_KINDS)
  kind: (typeof RECOMMENDATION_KINDS)[number];

  @Text()
  addressee: string;

  @Part(ScopeAnswerDto)
  scope: ScopeAnswerDto;
}

@ApiSchema({ name: 'Recommendations' })
export class RecommendationsDto {
  @Parts(RecommendationDto, { description: 'in the order of recording' })
  items: RecommendationDto[];
}

@ApiSchema({
  name: 'RegisterEntry',
  description: 'An event with its envelope, as recorded, and what has become of it since',
})
class RegisterEntryDto extends StreamEntryDto {}

@ApiSchema({ name: 'RegisterHistory' })
export class RegisterHistoryDto implements RegisterHistory {
  @Flag({ required: false, description: 'what is sealed has been left out for this caller' })
  masked?: true;

  @Parts(RegisterEntryDto, { description: 'in record order' })
  items: RegisterEntryDto[];
}
