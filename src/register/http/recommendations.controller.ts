import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../http/conditional-headers.js';
import { Logged, NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import type { Recommendation } from '../domain/register.js';
import { RegisterReading, type RegisterHistory } from '../queries/register-reading.js';
import { RecommendationDto, RecommendationsDto, RegisterHistoryDto } from './dto/register-answers.dto.js';
import { RecommendationIdDto, RegisterQueryDto } from './dto/register-queries.dto.js';
import { OF_NO_CASE } from './shown-register.js';

@ApiTags('Recommendations')
@Controller('/v1/recommendations')
export class RecommendationsController {
  constructor(private readonly register: RegisterReading) {}

  @Get()
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({
    operationId: 'listRecommendations',
    summary: 'What somebody is called upon to do, as known at any time',
  })
  @ApiOkResponse({ type: RecommendationsDto })
  async list(@Query() query: RegisterQueryDto): Promise<{ items: readonly Recommendation[] }> {
    return { items: await this.register.recommendations(query) };
  }

  @Get(':recommendationId')
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'getRecommendation', summary: 'A recommendation, as known at any time' })
  @ApiOkResponse({ type: RecommendationDto })
  async one(
    @Param() { recommendationId }: RecommendationIdDto,
    @Query() query: RegisterQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Recommendation> {
    const recommendation = await this.register.recommendation(recommendationId, query);
    reply.header('ETag', etagOf(recommendation.revision));
    return recommendation;
  }

  @Get(':recommendationId/events')
  @Allow('caseworker', 'auditor')
  @Logged('RegisterHistoryRead', OF_NO_CASE)
  @ApiOperation({
    operationId: 'getRecommendationHistory',
    summary: 'Every event of a recommendation, corrections marked',
  })
  @ApiOkResponse({ type: RegisterHistoryDto })
  history(
    @Param() { recommendationId }: RecommendationIdDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<RegisterHistory> {
    return this.register.history('recommendation', recommendationId, viewer);
  }
}
