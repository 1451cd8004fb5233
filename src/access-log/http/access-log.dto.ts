import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { READ_TYPES, SHOWN_FIELDS } from '../../http/access-journal.js';
import { IfGiven } from '../../http/if-given.js';
import { IsInstant } from '../../http/is-instant.js';
import { CURSOR } from './entry-cursor.js';

const MOST_ON_A_PAGE = 200;
const LONGEST_OPAQUE = 1_000;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What stands in the place of what was erased. */
const ERASED = {
  type: 'object',
  properties: { erased: { type: 'boolean', enum: [true] } },
  required: ['erased'],
  additionalProperties: false,
};

export class AccessLogQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IfGiven()
  @Matches(UUID, { message: 'must be a UUID in lower case' })
  caseId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: "Only auditors may ask for another principal's." })
  @IfGiven()
  @Matches(UUID, { message: 'must be a UUID in lower case' })
  principalId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A file of a case: who was given it.' })
  @IfGiven()
  @Matches(UUID, { message: 'must be a UUID in lower case' })
  evidenceId?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Entries from this instant on.' })
  @IfGiven()
  @IsInstant()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Entries before this instant.' })
  @IfGiven()
  @IsInstant()
  to?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: MOST_ON_A_PAGE, default: 50 })
  @IfGiven()
  @Transform(({ value }: { value: unknown }) =>
    typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value,
  )
  @IsInt()
  @Min(1)
  @Max(MOST_ON_A_PAGE)
  limit?: number;

  @ApiPropertyOptional({ description: '`next` of the page before', maxLength: LONGEST_OPAQUE })
  @IfGiven()
  @Matches(CURSOR, { message: 'must be the `next` of a page' })
  cursor?: string;

  @ApiPropertyOptional({
    maxLength: LONGEST_OPAQUE,
    description: 'A position that a command gave: waits up to 5 s until the log shows what stands before it.',
  })
  @IfGiven()
  @IsString()
  @Length(1, LONGEST_OPAQUE)
  minPosition?: string;
}

export class AccessEntryDto {
  @ApiProperty({ format: 'uuid' })
  entryId: string;

  @ApiProperty({ format: 'date-time' })
  at: string;

  @ApiProperty({ format: 'uuid', description: 'Who asked.' })
  principalId: string;

  @ApiProperty({ enum: [...READ_TYPES, 'AccessRefused'] })
  type: string;

  @ApiProperty({ example: 'GET /v1/cases/:caseId' })
  route: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    description: 'The cases that were shown, those merged into them, and those asked for by id.',
  })
  caseIds: string[];

  @ApiPropertyOptional({ enum: SHOWN_FIELDS, description: 'Of a read: how much of the cases.' })
  fields?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of a file that was read.' })
  evidenceId?: string;

  @ApiPropertyOptional({ type: 'integer', description: 'Of a refusal.' })
  status?: number;

  @ApiPropertyOptional({ description: 'Of a refusal.' })
  code?: string;

  @ApiProperty()
  correlationId: string;

  @ApiPropertyOptional({
    oneOf: [{ type: 'string' }, ERASED],
    description: 'The header X-Purpose of the request; erased if the entry names a case that is.',
  })
  purpose?: string | { erased: true };

  @ApiPropertyOptional({
    type: 'boolean',
    enum: [true],
    description: 'A purpose was given, and cannot be opened any more.',
  })
  purposeUnreadable?: true;
}

export class AccessPageDto {
  @ApiProperty({ type: [AccessEntryDto] })
  items: AccessEntryDto[];

  @ApiProperty({ type: String, nullable: true, description: 'The cursor of the next page.' })
  next: string | null;
}
