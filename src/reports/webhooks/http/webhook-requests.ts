import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Length,
  Max,
  Min,
} from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { FEED_TYPES } from '../../feed/feed-streams.js';

const LONGEST_OVERLAP_SECONDS = 7 * 24 * 3_600;
const DAY_SECONDS = 24 * 3_600;
const MOST_MESSAGES = 1_000;

export class WebhookId {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  webhookId: string;
}

export class NewWebhookBody {
  @ApiProperty({
    example: 'https://reports.example.org/habeas',
    minLength: 1,
    maxLength: 2_000,
    description: 'https; outside of production http to this machine, too. Without a password in it.',
  })
  @IsString()
  @Length(1, 2_000)
  url: string;

  @ApiPropertyOptional({ enum: FEED_TYPES, isArray: true, description: 'Only these. Absent: all.' })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(FEED_TYPES, { each: true })
  types?: string[];

  @ApiPropertyOptional({ minLength: 1, maxLength: 200, description: 'Whose it is; stored sealed.' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  label?: string;
}

export class NewSecretBody {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 0,
    maximum: LONGEST_OVERLAP_SECONDS,
    default: DAY_SECONDS,
    description: 'For so long deliveries are signed with the secrets of before, too.',
  })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP_SECONDS)
  overlapSeconds: number = DAY_SECONDS;
}

export class RetryParkedBody {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    isArray: true,
    minItems: 1,
    maxItems: MOST_MESSAGES,
    description: 'Absent: all that are parked.',
  })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_MESSAGES)
  @IsUUID(undefined, { each: true })
  messageIds?: string[];
}
