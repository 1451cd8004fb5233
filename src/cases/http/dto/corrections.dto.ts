import { VOID_REASONS } from '../../domain/facts/due-process-facts.js';
import { CodeField, FlagField, IdField } from '../fields/code-fields.js';
import { OpenPartField, PartField } from '../fields/part-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';
import { CircumstanceDto, SourceDto } from './circumstance.dto.js';

class OfEventDto extends CircumstanceDto {
  @IdField()
  eventId: string;
}

@Shape({ name: 'EventCorrected' })
export class EventCorrectedDto extends OfEventDto {
  @OpenPartField([])
  data: Record<string, unknown>;

  @TextField()
  reason: string;
}

@Shape({ name: 'EventVoided' })
export class EventVoidedDto extends OfEventDto {
  @CodeField(VOID_REASONS)
  reason: (typeof VOID_REASONS)[number];
}

@Shape({ name: 'SourceCited' })
export class SourceCitedDto extends OfEventDto {
  @PartField(SourceDto)
  source: SourceDto;

  @FlagField()
  agrees: boolean;

  @TextField({ optional: true })
  differs?: string;
}
