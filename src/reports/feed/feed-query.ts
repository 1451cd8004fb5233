import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { AsNumber } from '../../http/as-number.js';
import { FEED_TYPES } from './feed-streams.js';

const MOST_ENTRIES = 10_000;

/** `a,b` and `a&types=b` are the same list. */
const listed = ({ value }: { value: unknown }): unknown =>
  typeof value === 'string' || Array.isArray(value) ? String(value).split(',') : value;

export class FeedQuery {
  @ApiPropertyOptional({
    description: 'The position of the last entry already read; absent: from the beginning.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  after?: string;

  @ApiPropertyOptional({ enum: FEED_TYPES, isArray: true, description: 'Several are separated by commas.' })
  @IsOptional()
  @Transform(listed)
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(FEED_TYPES, { each: true })
  types?: string[];

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MOST_ENTRIES,
    description: 'At most this many entries; absent: all there are.',
  })
  @IsOptional()
  @AsNumber()
  @IsInt()
  @Min(1)
  @Max(MOST_ENTRIES)
  limit?: number;
}
