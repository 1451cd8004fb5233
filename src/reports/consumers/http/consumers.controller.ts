import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { LongLived } from '../../../http/route-rules.js';
import { ServiceEnd } from '../../../http/service-end.js';
import { NotLogged } from '../../../http/logged.js';
import { Allow } from '../../../security/allow.js';
import { ConsumerGroups } from '../consumer-groups.js';
import type { ConsumerStatus } from '../consumer-status.js';
import type { Lease } from '../leasing.js';
import type { Named, Settled } from '../settling.js';
import { ConsumerView, LeaseView, SettledView } from './consumer-answers.js';
import { AckBody, ConsumerName, LeaseBody, ParkBody, RetryBody } from './consumer-requests.js';

@ApiTags('Reports')
@Controller('/v1/consumers/:name')
export class ConsumersController {
  constructor(
    private readonly consumers: ConsumerGroups,
    private readonly serviceEnd: ServiceEnd,
  ) {}

  @Get()
  @Allow('reporter')
  @NotLogged()
  @ApiOperation({ summary: 'How far a consumer is, and what it has parked' })
  @ApiOkResponse({ type: ConsumerView })
  status(@Param() { name }: ConsumerName): Promise<ConsumerStatus> {
    return this.consumers.status(name);
  }

  @Post('lease')
  @HttpCode(200)
  @LongLived()
  @Allow('reporter')
  @NotLogged()
  @ApiOperation({
    summary: 'Be handed entries of the change feed that no other worker of the consumer has',
    description:
      'Each entry comes at least once, those of a case in order. What is not acknowledged is handed out again when the lease ' +
      'has run out. The first lease under a name begins a consumer.',
  })
  @ApiOkResponse({ type: LeaseView })
  lease(
    @Param() { name }: ConsumerName,
    @Body() body: LeaseBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Lease> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    return this.consumers.lease(name, body, AbortSignal.any([gone.signal, this.serviceEnd.signal]));
  }

  @Post('ack')
  @HttpCode(200)
  @Allow('reporter')
  @NotLogged()
  @ApiOperation({ summary: 'These are done' })
  @ApiOkResponse({ type: SettledView })
  ack(@Param() { name }: ConsumerName, @Body() body: AckBody): Promise<Settled> {
    return this.consumers.ack(name, named(body));
  }

  @Post('retry')
  @HttpCode(200)
  @Allow('reporter')
  @NotLogged()
  @ApiOperation({ summary: 'Hand these out again, now or later; also what is parked' })
  @ApiOkResponse({ type: SettledView })
  retry(@Param() { name }: ConsumerName, @Body() body: RetryBody): Promise<Settled> {
    return this.consumers.retry(name, named(body), body.delaySeconds);
  }

  @Post('park')
  @HttpCode(200)
  @Allow('reporter')
  @NotLogged()
  @ApiOperation({
    summary: 'Put these aside, and with them what comes of their cases, until somebody decides',
  })
  @ApiOkResponse({ type: SettledView })
  park(@Param() { name }: ConsumerName, @Body() body: ParkBody): Promise<Settled> {
    return this.consumers.park(name, named(body), body.code);
  }
}

const named = ({ leaseId, eventIds }: AckBody): Named =>
  leaseId === undefined ? { eventIds: eventIds ?? [] } : { leaseId, eventIds };
