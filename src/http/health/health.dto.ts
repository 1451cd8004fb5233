import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { LogAlarm, LogState } from './log-watch.js';

export class Liveness {
  @ApiProperty({ enum: ['live'] })
  status: 'live';

  @ApiProperty({ format: 'uuid', description: 'Another one at each start' })
  instance: string;
}

class LogAlarmView implements LogAlarm {
  @ApiProperty({ enum: ['signing', 'verification'] })
  kind: string;

  @ApiProperty({ format: 'date-time' })
  foundAt: string;

  @ApiProperty()
  fault: string;

  @ApiProperty({ type: Number, nullable: true, description: 'of the first bad event, if it is one' })
  leaf: number | null;

  @ApiProperty({ type: String, nullable: true })
  stream: string | null;

  @ApiProperty({ type: Number, nullable: true })
  revision: number | null;
}

class LogStateView implements LogState {
  @ApiProperty({ type: String, nullable: true })
  origin: string | null;

  @ApiProperty({ type: Number, nullable: true })
  signedSize: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  signedAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  verifiedAt: string | null;

  @ApiProperty({ type: [LogAlarmView] })
  alarms: LogAlarmView[];
}

export class ReadyAnswer {
  @ApiProperty({ enum: ['ready'] })
  status: 'ready';

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', enum: ['ok'] } })
  checks: Record<string, 'ok'>;

  @ApiPropertyOptional({ type: LogStateView, description: 'For admins only' })
  log?: LogState;
}
