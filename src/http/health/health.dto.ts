import { ApiProperty } from '@nestjs/swagger';

export class Liveness {
  @ApiProperty({ enum: ['live'] })
  status: 'live';

  @ApiProperty({ format: 'uuid', description: 'Another one at each start' })
  instance: string;
}

export class ReadyAnswer {
  @ApiProperty({ enum: ['ready'] })
  status: 'ready';

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string', enum: ['ok'] } })
  checks: Record<string, 'ok'>;
}
