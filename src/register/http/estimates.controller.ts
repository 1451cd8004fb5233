import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../http/conditional-headers.js';
import { Logged, NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import type { Estimate } from '../domain/register.js';
import { RegisterReading, type RegisterHistory } from '../queries/register-reading.js';
import { EstimateDto, EstimatesDto, RegisterHistoryDto } from './dto/register-answers.dto.js';
import { EstimateIdDto, EstimatesQueryDto, RegisterQueryDto } from './dto/register-queries.dto.js';
import { OF_NO_CASE } from './shown-register.js';

@ApiTags('Estimates')
@Controller('/v1/estimates')
export class EstimatesController {
  constructor(private readonly register: RegisterReading) {}

  @Get()
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'listEstimates', summary: 'What others estimate, as known at any time' })
  @ApiOkResponse({ type: EstimatesDto })
  async list(@Query() query: EstimatesQueryDto): Promise<{ items: Estimate[] }> {
    return { items: await this.register.estimates(query) };
  }

  @Get(':estimateId')
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'getEstimate', summary: 'An estimate, as known at any time' })
  @ApiOkResponse({ type: EstimateDto })
  async one(
    @Param() { estimateId }: EstimateIdDto,
    @Query() query: RegisterQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Estimate> {
    const estimate = await this.register.estimate(estimateId, query);
    reply.header('ETag', etagOf(estimate.revision));
    return estimate;
  }

  @Get(':estimateId/events')
  @Allow('caseworker', 'auditor')
  @Logged('RegisterHistoryRead', OF_NO_CASE)
  @ApiOperation({
    operationId: 'getEstimateHistory',
    summary: 'Every event of an estimate, corrections marked',
  })
  @ApiOkResponse({ type: RegisterHistoryDto })
  history(
    @Param() { estimateId }: EstimateIdDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<RegisterHistory> {
    return this.register.history('estimate', estimateId, viewer);
  }
}
