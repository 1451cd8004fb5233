import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { Config } from '../../config.js';
import { HabeasError } from '../../errors.js';
import { Public } from '../public.js';
import { comesFromThisMachine } from './loopback.js';

@ApiTags('Operation')
@Controller('/metrics')
export class MetricsController {
  constructor(
    private readonly registry: Registry,
    private readonly config: Config,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Prometheus text; only from this machine, unless HABEAS_METRICS=everyone' })
  @Public()
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Header('Content-Type', Registry.PROMETHEUS_CONTENT_TYPE)
  read(@Req() request: FastifyRequest): Promise<string> {
    if (this.config.metrics === 'loopback' && !comesFromThisMachine(request)) {
      throw new HabeasError('forbidden', 'loopback-only', 'metrics are for this machine only');
    }
    return this.registry.metrics();
  }
}
