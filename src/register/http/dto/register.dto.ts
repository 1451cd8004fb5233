import { ValidateBy } from 'class-validator';
import { CircumstanceDto } from '../../../cases/http/dto/circumstance.dto.js';
import { ProvisionDto } from '../../../cases/http/dto/proceedings.dto.js';
import { CodeField, IdField, WholeField } from '../../../cases/http/fields/code-fields.js';
import type { Complete } from '../../../cases/http/fields/complete.js';
import { RecordedDateField } from '../../../cases/http/fields/date-fields.js';
import { PartField } from '../../../cases/http/fields/part-fields.js';
import { Shape } from '../../../cases/http/fields/shape.js';
import { TextField } from '../../../cases/http/fields/text-fields.js';
import {
  ESTIMATE_UNITS,
  PREDICATES,
  QUANTITY_OPS,
  RECOMMENDATION_KINDS,
  type Quantity,
  type Scope,
  type SubjectFacts,
} from '../../domain/facts.js';
import { LONGEST_NAME, LONGEST_WORD, MOST_COUNTED, MOST_ORDINAL } from '../../domain/limits.js';
import { quantityFault, type QuantityFault } from '../../domain/quantity.js';

@Shape({ name: 'CampaignDefined' })
export class CampaignDefinedDto extends CircumstanceDto {
  @TextField({
    max: LONGEST_NAME,
    description: 'readable for everybody who reads figures: name no private person',
  })
  name: string;

  @RecordedDateField()
  period: string;

  @TextField({ optional: true, max: LONGEST_NAME })
  trigger?: string;

  @IdField({ optional: true, description: 'the campaign that this is a wave of' })
  parentId?: string;

  @WholeField({ optional: true, min: 1, max: MOST_ORDINAL, description: 'which one of its parent it is' })
  ordinal?: number;
}

const faultAt = (quantity: object, member: string): QuantityFault | undefined => {
  const fault = quantityFault(quantity);
  return fault?.member === member ? fault : undefined;
};

/** Whether the members fit the operator: told at the one that does not, also where that one is absent. */
const FitsOp = (): PropertyDecorator =>
  ValidateBy({
    name: 'fitsOp',
    validator: {
      validate: (_, args) => faultAt(args!.object, args!.property) === undefined,
      defaultMessage: (args) => faultAt(args!.object, args!.property)?.message ?? '',
    },
  });

@Shape({ name: 'Quantity' })
export class QuantityDto implements Quantity {
  @CodeField(QUANTITY_OPS, {
    description:
      '`between` takes `low` and `high`; every other takes `value`, or a `word` where there is no number',
  })
  op: (typeof QUANTITY_OPS)[number];

  @FitsOp()
  @WholeField({ optional: true, min: 0, max: MOST_COUNTED })
  value?: number;

  @FitsOp()
  @WholeField({ optional: true, min: 0, max: MOST_COUNTED })
  low?: number;

  @FitsOp()
  @WholeField({ optional: true, min: 0, max: MOST_COUNTED, description: 'not less than `low`' })
  high?: number;

  @TextField({ optional: true, max: LONGEST_WORD, example: 'dozens' })
  word?: string;
}

@Shape({ name: 'EstimateRecorded' })
export class EstimateRecordedDto extends CircumstanceDto {
  @PartField(QuantityDto)
  quantity: QuantityDto;

  @CodeField(ESTIMATE_UNITS)
  unit: (typeof ESTIMATE_UNITS)[number];

  @CodeField(PREDICATES, { description: 'what is counted' })
  predicate: (typeof PREDICATES)[number];

  @RecordedDateField()
  period: string;

  @IdField({ optional: true })
  campaignId?: string;

  @TextField({ max: LONGEST_NAME, example: 'Viasna' })
  estimator: string;

  @TextField({ optional: true, max: LONGEST_NAME })
  relayedBy?: string;

  @RecordedDateField({ optional: true })
  asOf?: string;
}

@Shape({ name: 'RecommendationScope' })
export class ScopeDto implements Scope {
  @PartField(ProvisionDto, { optional: true })
  provision?: ProvisionDto;

  @IdField({ optional: true, description: 'with neither member the scope is all that is recorded' })
  campaignId?: string;
}

@Shape({ name: 'RecommendationIssued' })
export class RecommendationIssuedDto extends CircumstanceDto {
  @CodeField(RECOMMENDATION_KINDS)
  kind: (typeof RECOMMENDATION_KINDS)[number];

  @TextField({ max: LONGEST_NAME, example: 'the authorities of Belarus' })
  addressee: string;

  @PartField(ScopeDto)
  scope: ScopeDto;
}

const shapes = {
  CampaignDefined: CampaignDefinedDto,
  EstimateRecorded: EstimateRecordedDto,
  RecommendationIssued: RecommendationIssuedDto,
};

/** What the whole body of each looks like, but for an id that the caller gives. */
export const REGISTER_SHAPES: Complete<SubjectFacts, typeof shapes> = shapes;
