import { ApiProperty } from '@nestjs/swagger';
import { RecordedEventDto } from '../../cases/http/answers/command-answer.dto.js';
import { Count, Parts, Text } from '../../cases/http/answers/members.js';
import type { Answering } from '../../cases/http/command-controller.js';
import type { RegisterAnswer } from '../commands/register-command.js';
import { idNameOf, pathOf } from './register-paths.js';

/** What a command recorded; a repeat with the same key gets the same again. */
class RegisterAnswerDto {
  @Count({ description: 'Of the last event recorded; 0 for the first' })
  revision: number;

  @Text({ description: 'Opaque; as `minPosition` of a query it waits for this very write' })
  position: string;

  @Parts(RecordedEventDto)
  events: RecordedEventDto[];

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string', format: 'uuid' },
    description: 'Of what the command was about, by its name',
    example: { campaignId: '0192f0c1-2b3c-7d4e-8f50-123456789abc' },
  })
  ids: Record<string, string>;
}

export const OF_THE_REGISTER: Answering<RegisterAnswer> = {
  type: RegisterAnswerDto,
  answer: ({ subject, id, revision, position, events }): RegisterAnswerDto => ({
    revision,
    position,
    events,
    ids: { [idNameOf(subject)]: id },
  }),
  location: ({ subject, id }) => `${pathOf(subject)}/${id}`,
};
