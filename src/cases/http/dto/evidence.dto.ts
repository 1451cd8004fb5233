import { ApiProperty } from '@nestjs/swagger';
import { IdField } from '../fields/code-fields.js';
import { RecordedDateField } from '../fields/date-fields.js';
import { Shape } from '../fields/shape.js';
import { TextField } from '../fields/text-fields.js';
import { CaseIdDto } from './queries.dto.js';

export class EvidenceIdsDto extends CaseIdDto {
  @IdField()
  evidenceId: string;
}

/** The fields of the form beside the file. */
@Shape({ name: 'EvidenceFields' })
export class EvidenceFieldsDto {
  @RecordedDateField({ optional: true })
  capturedAt?: string;

  @TextField({ optional: true })
  description?: string;
}

/** The form, as the API document has it. */
@Shape({ name: 'EvidenceForm' })
export class EvidenceFormDto extends EvidenceFieldsDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file: string;
}
