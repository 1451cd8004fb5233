import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { IfGiven } from '../../../http/if-given.js';
import { FEED_TYPES } from '../../feed/feed-streams.js';

const MOST_ENTRIES = 1_000;
const LONGEST_LEASE_SECONDS = 3_600;
const LONGEST_WAIT_SECONDS = 20;
const LONGEST_DELAY_SECONDS = 7 * 24 * 3_600;

const NAME = '^[a-z0-9][a-z0-9-]{0,59}$';

const WholeNumber =
  (limits: { minimum: number; maximum: number; default: number }, description: string): PropertyDecorator =>
  (target, key) => {
    ApiPropertyOptional({ type: 'integer', ...limits, description })(target, key);
    for (const rule of [IfGiven(), IsInt(), Min(limits.minimum), Max(limits.maximum)]) rule(target, key);
  };

export class ConsumerName {
  @ApiProperty({ pattern: NAME, example: 'monthly-report' })
  @Matches(new RegExp(NAME), { message: 'must be up to 60 small letters, digits and hyphens' })
  name: string;
}

export class LeaseBody {
  @WholeNumber({ minimum: 1, maximum: MOST_ENTRIES, default: 100 }, 'at most this many entries')
  limit: number = 100;

  @WholeNumber({ minimum: 1, maximum: LONGEST_LEASE_SECONDS, default: 60 }, 'how long they are the caller’s')
  seconds: number = 60;

  @WholeNumber(
    { minimum: 0, maximum: LONGEST_WAIT_SECONDS, default: 0 },
    'how long to wait for something to come if there is nothing',
  )
  waitSeconds: number = 0;

  @ApiPropertyOptional({
    enum: FEED_TYPES,
    isArray: true,
    description: 'Only these. Said with the first lease; absent then: all. Said again it must be the same.',
  })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @IsIn(FEED_TYPES, { each: true })
  types?: string[];

  @ApiPropertyOptional({
    description: 'Begin after this position; absent: from the beginning. Heard with the first lease only.',
  })
  @IfGiven()
  @Length(1, 100)
  after?: string;
}

class EntriesOfLease {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    isArray: true,
    minItems: 1,
    maxItems: MOST_ENTRIES,
    description: 'Of these entries only; absent: of all in the lease.',
  })
  @IfGiven()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_ENTRIES)
  @IsUUID(undefined, { each: true })
  eventIds?: string[];
}

/** Of a lease, or of what is parked. */
class LeasedOrParked extends EntriesOfLease {
  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Absent: `eventIds` are needed, and those of them that are parked are meant.',
  })
  @ValidateIf(({ eventIds }: LeasedOrParked, value) => value !== undefined || eventIds === undefined)
  @IsUUID()
  leaseId?: string;
}

export class AckBody extends LeasedOrParked {}

export class RetryBody extends LeasedOrParked {
  @WholeNumber(
    { minimum: 0, maximum: LONGEST_DELAY_SECONDS, default: 0 },
    'not before so many seconds have passed',
  )
  delaySeconds: number = 0;
}

export class ParkBody extends EntriesOfLease {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  leaseId: string;

  @ApiProperty({
    pattern: NAME,
    example: 'amount-missing',
    description: 'Why, in a word; everybody who may look at the consumer sees it.',
  })
  @Matches(new RegExp(NAME), { message: 'must be up to 60 small letters, digits and hyphens' })
  code: string;
}
