import { ApiSchema, IntersectionType } from '@nestjs/swagger';
import { APPEAL_OUTCOMES } from '../../domain/facts/proceeding-facts.js';
import { CounselDeniedDto } from '../dto/due-process.dto.js';
import { FinedDto, SentencedDto } from '../dto/penalties.dto.js';
import {
  AppealFiledDto,
  ChargedDto,
  DecisionRenderedDto,
  HearingScheduledDto,
} from '../dto/proceedings.dto.js';
import { BoundsDto } from './custody-answer.dto.js';
import { HoursDto } from './figures.dto.js';
import { Amount, Code, CodeOrNull, Count, Flag, Id, Part, Parts, Text } from './members.js';

/** A fact as a caseworker needs it to add to it: its own members, the days it can have happened on, and where things stand. */
class EntryDto {
  @Id()
  eventId: string;

  @Part(BoundsDto)
  on: BoundsDto;
}

@ApiSchema({ name: 'DecisionEntry' })
class DecisionEntryDto extends IntersectionType(EntryDto, DecisionRenderedDto) {}

@ApiSchema({ name: 'ProceedingEntry' })
export class ProceedingEntryDto extends IntersectionType(EntryDto, ChargedDto) {
  @Flag({ description: 'neither decided nor terminated' })
  pending: boolean;

  @Parts(DecisionEntryDto)
  decisions: DecisionEntryDto[];
}

@ApiSchema({ name: 'HearingEntry' })
export class HearingEntryDto extends IntersectionType(EntryDto, HearingScheduledDto) {
  @Flag()
  held: boolean;

  @Flag({ required: false })
  counselPresent?: boolean;

  @Flag({ required: false })
  adjourned?: boolean;

  @Text({ required: false, description: 'as recorded' })
  adjournedTo?: string;
}

@ApiSchema({ name: 'SentenceEntry' })
export class SentenceEntryDto extends IntersectionType(EntryDto, SentencedDto) {
  @Code(['sentence'])
  kind: 'sentence';

  @Count({ description: 'after the latest reduction' })
  currentDays: number;

  @Flag()
  annulled: boolean;
}

@ApiSchema({ name: 'FineBalance' })
class FineBalanceDto {
  @Text({ example: 'BYN' })
  currency: string;

  @Amount()
  net: string;

  @Amount()
  paid: string;

  @Amount()
  refunded: string;

  @Amount()
  outstanding: string;
}

@ApiSchema({ name: 'FineEntry' })
export class FineEntryDto extends IntersectionType(EntryDto, FinedDto) {
  @Code(['fine'])
  kind: 'fine';

  @Flag()
  annulled: boolean;

  @Flag()
  withdrawn: boolean;

  @Parts(FineBalanceDto)
  balances: FineBalanceDto[];
}

@ApiSchema({ name: 'AppealEntry' })
export class AppealEntryDto extends IntersectionType(EntryDto, AppealFiledDto) {
  @CodeOrNull(APPEAL_OUTCOMES, { description: 'null while undecided' })
  outcome: (typeof APPEAL_OUTCOMES)[number] | null;
}

@ApiSchema({ name: 'CounselDenialEntry' })
export class CounselDenialEntryDto extends IntersectionType(EntryDto, CounselDeniedDto) {
  @Part(HoursDto)
  hours: HoursDto;
}
