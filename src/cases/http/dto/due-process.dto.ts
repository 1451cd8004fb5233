import {
  CONDITION_KINDS,
  PRETEXTS,
  REPORTERS,
  type HoursRange,
} from '../../domain/facts/due-process-facts.js';
import { AtLeastOneOf, NotBelow } from '../fields/beside.js';
import { CodeField, FlagField, HoursField, IdField, WholeField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { PartField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';

const MOST_REQUESTS = 10_000;

const ENDS = ['atLeastHours', 'atMostHours'];

@Shape({ name: 'HoursRange', atLeastOneOf: ENDS })
export class HoursRangeDto implements HoursRange {
  @AtLeastOneOf(ENDS)
  @HoursField({ optional: true, example: 24 })
  atLeastHours?: number;

  @NotBelow('atLeastHours')
  @HoursField({ optional: true })
  atMostHours?: number;
}

@Shape({ name: 'CounselDenied' })
export class CounselDeniedDto extends CircumstanceDto {
  @IdField()
  denialId: string;

  @IdField({ optional: true })
  detentionId?: string;

  @RecordedDateField({ optional: true })
  until?: string;

  @PartField(HoursRangeDto, { optional: true })
  duration?: HoursRangeDto;

  @WholeField({ min: 0, max: MOST_REQUESTS, optional: true })
  requests?: number;

  @CodeField(PRETEXTS, { optional: true })
  pretext?: (typeof PRETEXTS)[number];

  @TextField({ optional: true })
  pretextText?: string;

  @TextField({ optional: true })
  authority?: string;
}

@Shape({ name: 'CounselGranted' })
export class CounselGrantedDto extends CircumstanceDto {
  @IdField({ optional: true })
  denialId?: string;

  @IdField({ optional: true })
  detentionId?: string;

  @FlagField({ optional: true })
  private?: boolean;
}

@Shape({ name: 'ConditionReported' })
export class ConditionReportedDto extends CircumstanceDto {
  @IdField({ optional: true })
  detentionId?: string;

  @CodeField(CONDITION_KINDS)
  kind: (typeof CONDITION_KINDS)[number];

  @HoursField({ optional: true, example: 36 })
  hours?: number;

  @TextField({ optional: true })
  facility?: string;

  @TextField({ optional: true })
  actor?: string;

  @CodeField(REPORTERS)
  reportedBy: (typeof REPORTERS)[number];

  @TextField({ optional: true })
  text?: string;
}
