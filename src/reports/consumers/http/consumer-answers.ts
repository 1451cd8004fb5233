import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FEED_TYPES } from '../../feed/feed-streams.js';
import type { ConsumerStatus, ParkedEntry } from '../consumer-status.js';
import type { About } from '../../feed/feed-entry.js';
import type { Lease, LeasedEntry } from '../leasing.js';
import { DELIVERY_STATES, type DeliveryState } from '../outstanding.js';
import type { Settled } from '../settling.js';

/** One of these is there. */
export class AboutView implements About {
  @ApiPropertyOptional({ format: 'uuid' })
  caseId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  campaignId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  estimateId?: string;

  @ApiPropertyOptional({ format: 'uuid' })
  recommendationId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'of an issued report' })
  issueId?: string;
}

class LeasedEntryView extends AboutView implements LeasedEntry {
  @ApiProperty({ description: 'opaque' })
  position: string;

  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty()
  revision: number;

  @ApiProperty({ enum: FEED_TYPES })
  type: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt: string;

  @ApiProperty({ description: 'the id of a principal' })
  recordedBy: string;

  @ApiProperty({ type: 'object', additionalProperties: true, description: 'without personal members' })
  data: Record<string, unknown>;

  @ApiProperty({ type: 'integer', description: '1 when it is handed out for the first time' })
  attempt: number;
}

export class LeaseView implements Lease {
  @ApiProperty({ format: 'uuid', type: String, nullable: true, description: 'null: there is nothing' })
  leaseId: string | null;

  @ApiProperty({
    format: 'date-time',
    type: String,
    nullable: true,
    description: 'until then nobody else is given these entries, nor later ones of their cases',
  })
  until: string | null;

  @ApiProperty({ type: [LeasedEntryView], description: 'in the order of recording' })
  entries: LeasedEntryView[];
}

class SettledEntryView {
  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty({
    enum: DELIVERY_STATES,
    description: '`done`: nothing of it is outstanding; `leased`: by somebody, who may be another by now',
  })
  state: DeliveryState;
}

export class SettledView implements Settled {
  @ApiProperty({
    type: [SettledEntryView],
    description: 'the entries named, and those that went back with them, as they stand now',
  })
  items: SettledEntryView[];
}

export class OutstandingView {
  @ApiProperty({ type: 'integer', description: 'to be handed out, now or when their time comes' })
  waiting: number;

  @ApiProperty({ type: 'integer' })
  leased: number;

  @ApiProperty({ type: 'integer' })
  parked: number;
}

class ParkedEntryView extends AboutView implements ParkedEntry {
  @ApiProperty({ format: 'uuid' })
  eventId: string;

  @ApiProperty({ description: 'opaque' })
  position: string;

  @ApiProperty({ description: 'as it was given' })
  code: string;

  @ApiProperty({ type: 'integer', description: 'how often it was handed out' })
  attempts: number;

  @ApiProperty({ format: 'date-time' })
  parkedAt: string;
}

export class ConsumerView implements ConsumerStatus {
  @ApiProperty({ example: 'monthly-report' })
  name: string;

  @ApiProperty({ enum: FEED_TYPES, isArray: true, nullable: true, description: 'null: all' })
  types: readonly string[] | null;

  @ApiProperty({ type: String, nullable: true, description: 'opaque; the feed is read up to here for it' })
  position: string | null;

  @ApiProperty({ type: OutstandingView, description: 'read from the feed and not acknowledged' })
  outstanding: OutstandingView;

  @ApiProperty({ type: [ParkedEntryView], description: 'in order; at most 200' })
  parked: ParkedEntryView[];
}
