import { ApiSchema } from '@nestjs/swagger';
import type { Change } from '../../queries/changes.js';
import type { CaseReplay, ReplayStep } from '../../queries/replay-case.js';
import { CaseAnswerDto } from './case-answer.dto.js';
import { HistoryEntryDto } from './history.dto.js';
import {
  Anything,
  Count,
  CountOrNull,
  Day,
  Flag,
  Id,
  Ids,
  Part,
  PartOrNull,
  Parts,
  Text,
} from './members.js';

@ApiSchema({ name: 'Change', description: 'What an event has changed in what the case answers' })
class ChangeDto implements Change {
  @Text({ description: 'a JSON pointer (RFC 6901) into the case', example: '/totals/daysImposed/gross/min' })
  pointer: string;

  @Anything({ required: false, description: 'absent: it was not there' })
  before?: unknown;

  @Anything({ required: false, description: 'absent: it is no longer there' })
  after?: unknown;
}

@ApiSchema({ name: 'ReplayStep' })
class ReplayStepDto implements Omit<ReplayStep, 'case'> {
  @Count({ description: 'counted from 0 in record order' })
  step: number;

  @Part(HistoryEntryDto, { description: 'marked with what has become of it since' })
  event: HistoryEntryDto;

  @PartOrNull(CaseAnswerDto, {
    description:
      'after the event, corrections and voids so far applied; null: it did not exist yet, or was part of a case that you may not see',
  })
  case: CaseAnswerDto | null;

  @Parts(ChangeDto)
  changed: ChangeDto[];
}

@ApiSchema({ name: 'CaseReplay' })
export class CaseReplayDto implements Omit<CaseReplay, 'items'> {
  @Id()
  caseId: string;

  @Ids()
  mergedFrom: string[];

  @Flag({ required: false, description: 'what is personal has been left out for this caller' })
  masked?: true;

  @Day({ description: 'the day that every step is seen from' })
  asOf: string;

  @Count({ description: 'of all events' })
  steps: number;

  @Parts(ReplayStepDto)
  items: ReplayStepDto[];

  @CountOrNull({ description: 'the step to go on from; null at the end' })
  next: number | null;
}
