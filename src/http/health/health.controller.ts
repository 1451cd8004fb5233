import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Doorkeeper } from '../doorkeeper.js';
import { Public } from '../public.js';
import { Liveness, ReadyAnswer } from './health.dto.js';
import { Instance } from './instance.js';
import { LogWatch, type LogState } from './log-watch.js';
import { Readiness } from './readiness.js';

@ApiTags('Operation')
@Controller('/health')
export class HealthController {
  constructor(
    private readonly readiness: Readiness,
    private readonly instance: Instance,
    private readonly doorkeeper: Doorkeeper,
    private readonly logWatch: LogWatch,
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
  async ready(@Req() request: FastifyRequest): Promise<ReadyAnswer> {
    const checks = await this.readiness.check();
    const log = (await this.doorkeeper.isFor(request, 'admin')) ? await this.#log() : undefined;
    return { status: 'ready', checks, ...(log && { log }) };
  }

  /** An alarm of the log does not make the service unready: whoever looks into it needs it. */
  #log(): Promise<LogState | undefined> {
    return this.logWatch.state().catch(() => undefined);
  }
}
