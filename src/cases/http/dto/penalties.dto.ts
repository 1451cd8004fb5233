import { IntersectionType } from '@nestjs/swagger';
import type { FineTerms, SentenceTerms } from '../../domain/decide/commands.js';
import { ANNULLED_BY, PAID_BY, RUNS, type Claim } from '../../domain/facts/proceeding-facts.js';
import { CodeField, DaysField, IdField, WholeField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { AtLeastOneOf } from '../fields/beside.js';
import { BaseUnitsField } from '../fields/money-fields.js';
import { PartField, PartsField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';
import { MoneyDto } from './money.dto.js';

const MOST_REPORTED = 20;

@Shape({ name: 'Claim' })
export class ClaimDto implements Claim {
  @WholeField({ min: 1, max: 1_000, optional: true })
  ordinal?: number;

  @DaysField({ optional: true })
  cumulativeDays?: number;
}

class PenaltyDto extends CircumstanceDto {
  @IdField()
  penaltyId: string;
}

/** A penalty as imposed by a decision. */
export class ImposedDto extends PenaltyDto {
  @IdField()
  decisionId: string;

  @IdField({ optional: true })
  proceedingId?: string;
}

/** What is said of a sentence, wherever it is said. */
export class SentenceTermsDto implements Omit<SentenceTerms, 'penaltyId'> {
  @DaysField({ example: 15 })
  days: number;

  @CodeField(RUNS, { optional: true, default: 'unknown' })
  runs?: (typeof RUNS)[number];

  @RecordedDateField({ optional: true })
  creditedFrom?: string;

  @PartField(ClaimDto, { optional: true })
  claimed?: ClaimDto;
}

export const WAYS_TO_GIVE_A_FINE = ['amount', 'baseUnits', 'reported'] as const;

/** What is said of a fine, wherever it is said. */
export class FineTermsDto implements Omit<FineTerms, 'penaltyId'> {
  @AtLeastOneOf(WAYS_TO_GIVE_A_FINE)
  @PartField(MoneyDto, { optional: true })
  amount?: MoneyDto;

  @BaseUnitsField({ optional: true, example: 20 })
  baseUnits?: number;

  @PartsField(MoneyDto, { min: 1, max: MOST_REPORTED, optional: true })
  reported?: MoneyDto[];
}

@Shape({ name: 'Sentenced' })
export class SentencedDto extends IntersectionType(ImposedDto, SentenceTermsDto) {}

@Shape({ name: 'Fined', atLeastOneOf: WAYS_TO_GIVE_A_FINE })
export class FinedDto extends IntersectionType(ImposedDto, FineTermsDto) {}

@Shape({ name: 'SentenceReduced' })
export class SentenceReducedDto extends PenaltyDto {
  @DaysField()
  days: number;

  @TextField({ example: 'appeal' })
  by: string;
}

@Shape({ name: 'FineReduced' })
export class FineReducedDto extends PenaltyDto {
  @PartField(MoneyDto)
  amount: MoneyDto;

  @TextField({ example: 'appeal' })
  by: string;
}

@Shape({ name: 'PenaltyAnnulled' })
export class PenaltyAnnulledDto extends PenaltyDto {
  @CodeField(ANNULLED_BY)
  by: (typeof ANNULLED_BY)[number];
}

@Shape({ name: 'FineWithdrawn' })
export class FineWithdrawnDto extends PenaltyDto {}

@Shape({ name: 'FineRefunded' })
export class FineRefundedDto extends PenaltyDto {
  @PartField(MoneyDto)
  amount: MoneyDto;
}

@Shape({ name: 'FinePaid' })
export class FinePaidDto extends FineRefundedDto {
  @CodeField(PAID_BY)
  by: (typeof PAID_BY)[number];
}
