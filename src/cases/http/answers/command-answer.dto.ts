import { ApiProperty } from '@nestjs/swagger';

export class RecordedEventDto {
  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty({ example: 'Arrested' })
  type: string;
}

/** What a command recorded; a repeat with the same key gets the same again. */
export class CommandAnswerDto {
  @ApiProperty({ format: 'uuid' })
  caseId: string;

  @ApiProperty({
    type: 'integer',
    minimum: 0,
    description: "Of the last event recorded; 0 for a stream's first",
  })
  revision: number;

  @ApiProperty({ description: 'Opaque; as `minPosition` of a query it waits for this very write' })
  position: string;

  @ApiProperty({ type: [RecordedEventDto] })
  events: RecordedEventDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: {
      oneOf: [
        { type: 'string', format: 'uuid' },
        { type: 'array', items: { type: 'string', format: 'uuid' } },
      ],
    },
    description:
      'Every id that was introduced, by name; several of one kind as a list under the plural of it',
    example: { detentionId: '0192f0c1-2b3c-7d4e-8f50-123456789abc' },
  })
  ids: Record<string, string | string[]>;
}
