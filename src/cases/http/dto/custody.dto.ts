import {
  CAUSE_STATUSES,
  REGIMES,
  RELEASE_BASES,
  type Place,
  type Regime,
} from '../../domain/facts/custody-facts.js';
import { OnlyWhere } from '../fields/beside.js';
import { CodeField, FlagField, IdField } from '../fields/code-fields.js';
import { PartField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { RegionField, TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';

@Shape({ name: 'Place' })
export class PlaceDto implements Place {
  @RegionField({ optional: true })
  region?: string;

  @TextField({ optional: true })
  detail?: string;
}

/** A fact about one detention and nothing more, such as CustodyConfirmed. */
@Shape({ name: 'OfDetention' })
export class OfDetentionDto extends CircumstanceDto {
  @IdField()
  detentionId: string;
}

@Shape({ name: 'Arrested' })
export class ArrestedDto extends OfDetentionDto {
  @CodeField(REGIMES, { optional: true, default: 'administrative' })
  regime?: Regime;

  @PartField(PlaceDto, { optional: true })
  place?: PlaceDto;

  @TextField({ optional: true })
  authority?: string;

  @TextField({ optional: true })
  facility?: string;

  @IdField({ optional: true })
  campaignId?: string;

  @FlagField({ optional: true })
  warrantShown?: boolean;

  @TextField({ optional: true })
  statedReason?: string;

  @TextField({ optional: true })
  circumstances?: string;
}

@Shape({ name: 'Transferred' })
export class TransferredDto extends OfDetentionDto {
  @TextField()
  facility: string;
}

@Shape({ name: 'CustodyRegimeChanged' })
export class CustodyRegimeChangedDto extends OfDetentionDto {
  @CodeField(REGIMES)
  regime: Regime;
}

@Shape({ name: 'WhereaboutsEstablished' })
export class WhereaboutsEstablishedDto extends OfDetentionDto {
  @TextField({ optional: true })
  facility?: string;
}

@Shape({ name: 'Released' })
export class ReleasedDto extends OfDetentionDto {
  @CodeField(RELEASE_BASES)
  basis: (typeof RELEASE_BASES)[number];

  @FlagField({ optional: true, description: 'Absent means false' })
  conditional?: boolean;

  @TextField({ optional: true })
  conditions?: string;
}

@Shape({ name: 'DiedInCustody' })
export class DiedInCustodyDto extends OfDetentionDto {
  @CodeField(CAUSE_STATUSES)
  causeStatus: (typeof CAUSE_STATUSES)[number];
}

/** Lost, or established again. */
@Shape({ name: 'WhereaboutsRequest' })
export class WhereaboutsRequestDto extends OfDetentionDto {
  @FlagField({
    description: 'false: nobody knows any more where the person is held; true: it is known again',
  })
  known: boolean;

  @OnlyWhere('known', true)
  @TextField({ optional: true, description: 'only where `known` is true' })
  facility?: string;
}
