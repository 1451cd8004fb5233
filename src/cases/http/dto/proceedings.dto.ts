import {
  ACT_KINDS,
  APPEAL_OUTCOMES,
  CHARGE_KINDS,
  OUTCOMES,
  PART_NUMBER,
  PROVISION_ID,
  type Provision,
} from '../../domain/facts/proceeding-facts.js';
import { CodeField, FlagField, IdField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { PartField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { PatternField, TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';

@Shape({ name: 'Provision' })
export class ProvisionDto implements Provision {
  @PatternField(PROVISION_ID, { what: 'the id of a code of law', example: 'BY-CoAO-2003' })
  code: string;

  @PatternField(PROVISION_ID, { what: 'the number of an article', example: '23.34' })
  article: string;

  @PatternField(PART_NUMBER, { what: 'the number of a part', example: '1', optional: true })
  part?: string;
}

@Shape({ name: 'Charged' })
export class ChargedDto extends CircumstanceDto {
  @IdField()
  proceedingId: string;

  @CodeField(CHARGE_KINDS, { optional: true, default: 'administrative' })
  kind?: (typeof CHARGE_KINDS)[number];

  @PartField(ProvisionDto, { optional: true })
  provision?: ProvisionDto;

  @TextField({ optional: true })
  allegedAct?: string;

  @CodeField(ACT_KINDS, { optional: true })
  actKind?: (typeof ACT_KINDS)[number];

  @IdField({ optional: true })
  campaignId?: string;

  @IdField({ optional: true })
  detentionId?: string;
}

@Shape({ name: 'ProceedingTerminated' })
export class ProceedingTerminatedDto extends CircumstanceDto {
  @IdField()
  proceedingId: string;

  @TextField({ example: 'court' })
  by: string;
}

@Shape({ name: 'HearingScheduled' })
export class HearingScheduledDto extends CircumstanceDto {
  @IdField()
  hearingId: string;

  @IdField()
  proceedingId: string;

  @TextField({ optional: true })
  court?: string;

  @TextField({ optional: true })
  judge?: string;
}

@Shape({ name: 'HearingHeld' })
export class HearingHeldDto extends CircumstanceDto {
  @IdField()
  hearingId: string;

  @FlagField({ optional: true })
  counselPresent?: boolean;
}

@Shape({ name: 'HearingAdjourned' })
export class HearingAdjournedDto extends CircumstanceDto {
  @IdField()
  hearingId: string;

  @RecordedDateField({ optional: true })
  to?: string;
}

@Shape({ name: 'DecisionRendered' })
export class DecisionRenderedDto extends CircumstanceDto {
  @IdField()
  decisionId: string;

  @IdField({ optional: true })
  proceedingId?: string;

  @CodeField(OUTCOMES)
  outcome: (typeof OUTCOMES)[number];

  @TextField({ optional: true })
  court?: string;

  @TextField({ optional: true })
  judge?: string;
}

@Shape({ name: 'AppealFiled' })
export class AppealFiledDto extends CircumstanceDto {
  @IdField()
  appealId: string;

  @IdField()
  decisionId: string;
}

@Shape({ name: 'AppealDecided' })
export class AppealDecidedDto extends CircumstanceDto {
  @IdField()
  appealId: string;

  @CodeField(APPEAL_OUTCOMES)
  outcome: (typeof APPEAL_OUTCOMES)[number];
}
