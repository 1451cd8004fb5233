import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../../http/conditional-headers.js';
import { Logged, NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import {
  RegisterReading,
  type CampaignWithWaves,
  type RegisterHistory,
} from '../queries/register-reading.js';
import { CampaignsDto, CampaignWithWavesDto, RegisterHistoryDto } from './dto/register-answers.dto.js';
import { CampaignIdDto, RegisterQueryDto } from './dto/register-queries.dto.js';
import { OF_NO_CASE } from './shown-register.js';

@ApiTags('Campaigns')
@Controller('/v1/campaigns')
export class CampaignsController {
  constructor(private readonly register: RegisterReading) {}

  @Get()
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'listCampaigns', summary: 'Campaigns with their waves, as known at any time' })
  @ApiOkResponse({ type: CampaignsDto })
  async list(@Query() query: RegisterQueryDto): Promise<{ items: CampaignWithWaves[] }> {
    return { items: await this.register.campaigns(query) };
  }

  @Get(':campaignId')
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'getCampaign', summary: 'A campaign, or a wave, as known at any time' })
  @ApiOkResponse({ type: CampaignWithWavesDto })
  async one(
    @Param() { campaignId }: CampaignIdDto,
    @Query() query: RegisterQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CampaignWithWaves> {
    const campaign = await this.register.campaign(campaignId, query);
    reply.header('ETag', etagOf(campaign.revision));
    return campaign;
  }

  @Get(':campaignId/events')
  @Allow('caseworker', 'auditor')
  @Logged('RegisterHistoryRead', OF_NO_CASE)
  @ApiOperation({
    operationId: 'getCampaignHistory',
    summary: 'Every event of a campaign, corrections marked',
  })
  @ApiOkResponse({ type: RegisterHistoryDto })
  history(
    @Param() { campaignId }: CampaignIdDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<RegisterHistory> {
    return this.register.history('campaign', campaignId, viewer);
  }
}
