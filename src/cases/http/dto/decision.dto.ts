import { IntersectionType, OmitType } from '@nestjs/swagger';
import type { PenaltyChange } from '../../domain/decide/commands.js';
import { ExactlyOneOf } from '../fields/beside.js';
import { CodeField, DaysField, IdField, TrueField } from '../fields/code-fields.js';
import { WithMadeIds } from '../fields/made-ids.js';
import { PartField, PartsField, TaggedPartsField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';
import { CircumstanceDto } from './circumstance.dto.js';
import { MoneyDto } from './money.dto.js';
import { FineTermsDto, ImposedDto, SentenceTermsDto, WAYS_TO_GIVE_A_FINE } from './penalties.dto.js';
import { AppealDecidedDto, DecisionRenderedDto } from './proceedings.dto.js';

const MOST_PENALTIES = 50;

@Shape({ name: 'SentenceOfDecision' })
class SentenceOfDecisionDto extends SentenceTermsDto {
  @CodeField(['sentence'])
  kind: 'sentence';

  @IdField({ optional: true })
  penaltyId?: string;
}

@Shape({ name: 'FineOfDecision', atLeastOneOf: WAYS_TO_GIVE_A_FINE })
class FineOfDecisionDto extends FineTermsDto {
  @CodeField(['fine'])
  kind: 'fine';

  @IdField({ optional: true })
  penaltyId?: string;
}

/** A decision with its penalties; `at` and `sources` are those of every one of them. */
@Shape({ name: 'DecisionRequest' })
export class DecisionRequestDto extends WithMadeIds(DecisionRenderedDto, ['decisionId']) {
  @TaggedPartsField(
    'kind',
    { sentence: SentenceOfDecisionDto, fine: FineOfDecisionDto },
    { optional: true, max: MOST_PENALTIES },
  )
  penalties?: (SentenceOfDecisionDto | FineOfDecisionDto)[];
}

const OfNewPenalty = WithMadeIds(ImposedDto, ['penaltyId', 'decisionId']);

@Shape({ name: 'SentenceRequest' })
export class SentenceRequestDto extends IntersectionType(OfNewPenalty, SentenceTermsDto) {}

@Shape({ name: 'FineRequest', atLeastOneOf: WAYS_TO_GIVE_A_FINE })
export class FineRequestDto extends IntersectionType(OfNewPenalty, FineTermsDto) {}

const WAYS_TO_REDUCE = ['days', 'amount'];

/** `days` for a sentence, `amount` for a fine. */
@Shape({ name: 'ReductionRequest', exactlyOneOf: WAYS_TO_REDUCE })
export class ReductionRequestDto extends CircumstanceDto {
  @ExactlyOneOf(WAYS_TO_REDUCE)
  @DaysField({ optional: true })
  days?: number;

  @PartField(MoneyDto, { optional: true })
  amount?: MoneyDto;

  @TextField({ example: 'appeal' })
  by: string;
}

@Shape({ name: 'PenaltyChange' })
class PenaltyChangeDto implements PenaltyChange {
  @IdField()
  penaltyId: string;

  @TrueField({ optional: true })
  annulled?: true;

  @DaysField({ optional: true })
  days?: number;

  @PartField(MoneyDto, { optional: true })
  amount?: MoneyDto;
}

@Shape({ name: 'AppealDecisionRequest' })
export class AppealDecisionRequestDto extends OmitType(AppealDecidedDto, ['appealId']) {
  @PartsField(PenaltyChangeDto, { optional: true, max: MOST_PENALTIES })
  penalties?: PenaltyChangeDto[];
}
