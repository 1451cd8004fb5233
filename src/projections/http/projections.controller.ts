import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { Projections } from '../projections.js';
import { ProjectionList } from './projection-dto.js';

@ApiTags('Administration')
@Controller('/v1/projections')
export class ProjectionsController {
  constructor(private readonly projections: Projections) {}

  @Get()
  @ApiOperation({ summary: 'How far the read models are, and their rebuilds' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: ProjectionList })
  async list(): Promise<ProjectionList> {
    return { items: await this.projections.status() };
  }

  @Post(':name/rebuild')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Build a read model anew beside the live one, which answers until it is replaced',
  })
  @Allow('admin')
  @NotLogged()
  @ApiAcceptedResponse({ description: 'Asked for; it goes on by itself, also after a restart.' })
  rebuild(@Param('name') name: string): Promise<void> {
    return this.projections.requestRebuild(name);
  }
}
