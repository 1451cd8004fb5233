import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../public.js';
import { Liveness, ReadyAnswer } from './health.dto.js';
import { Instance } from './instance.js';
import { Readiness } from './readiness.js';

@ApiTags('Operation')
@Controller('/health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly instance: Instance,
  ) {}

  @Get('live')
  @ApiOperation({ summary: 'The process answers; whether it can do its work is another question' })
  @Public()
  @ApiOkResponse({ type: Liveness })
  live(): Liveness {
    return { status: 'live', instance: this.instance.id };
  }

  @Get('ready')
  @ApiOperation({
    summary:
      'The store takes appends, the read model keeps up and there is room on the disk; else 503 with the checks',
  })
  @Public()
  @ApiOkResponse({ type: ReadyAnswer })
  async ready(): Promise<ReadyAnswer> {
    return { status: 'ready', checks: await this.readiness.check() };
  }
}
