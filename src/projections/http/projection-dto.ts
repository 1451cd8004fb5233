import { ApiProperty } from '@nestjs/swagger';
import type { Lag, ProjectionStatus } from '../status.js';

class LagView implements Lag {
  @ApiProperty({ description: 'not applied yet' })
  events: number;

  @ApiProperty({ description: 'counting stopped there' })
  more: boolean;

  @ApiProperty({ description: 'since the oldest of them was recorded' })
  seconds: number;
}

class RebuildView {
  @ApiProperty({ enum: ['requested', 'building'] })
  state: 'requested' | 'building';

  @ApiProperty({ format: 'date-time' })
  startedAt: string;

  @ApiProperty({ description: 'events read so far' })
  done: number;

  @ApiProperty({ type: Number, nullable: true, description: 'events to read, as far as that is known' })
  total: number | null;

  @ApiProperty({ type: Number, nullable: true })
  eventsPerSecond: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'null before there is a rate to reckon with' })
  secondsLeft: number | null;
}

export class ProjectionView implements ProjectionStatus {
  @ApiProperty({ example: 'cases' })
  name: string;

  @ApiProperty({ type: Number, nullable: true, description: 'of the rows answered from' })
  version: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'opaque; everything up to here is in the rows' })
  position: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'opaque; where the store stands, other streams included',
  })
  head: string | null;

  @ApiProperty({ type: LagView })
  lag: LagView;

  @ApiProperty({ description: 'keys that could not be applied' })
  parked: number;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  updatedAt: string | null;

  @ApiProperty({ type: RebuildView, nullable: true })
  rebuild: RebuildView | null;
}

export class ProjectionList {
  @ApiProperty({ type: [ProjectionView] })
  items: ProjectionView[];
}

export class ParkedView {
  @ApiProperty({ format: 'uuid' })
  id: string;

  @ApiProperty({ example: 'cases' })
  projection: string;

  @ApiProperty({ description: 'what could not be applied: of cases, the id of the case' })
  key: string;

  @ApiProperty({ description: 'of the first event that was not' })
  position: string;

  @ApiProperty()
  code: string;

  @ApiProperty({ description: 'the kind of error and its place in the code' })
  message: string;

  @ApiProperty()
  attempts: number;

  @ApiProperty({ format: 'date-time' })
  firstSeen: string;

  @ApiProperty({ format: 'date-time' })
  lastSeen: string;

  @ApiProperty({ format: 'date-time', description: 'when it is tried again by itself' })
  retryAt: string;
}

export class ParkedList {
  @ApiProperty({ type: [ParkedView], description: 'the latest first; at most 200' })
  items: ParkedView[];
}
