import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { Projections } from '../projections.js';
import type { ParkedRow } from '../tables.js';
import { ParkedList, type ParkedView } from './projection-dto.js';

const MOST_SHOWN = 200;

@ApiTags('Administration')
@Controller('/v1/parked')
export class ParkedController {
  constructor(private readonly projections: Projections) {}

  @Get()
  @ApiOperation({ summary: 'What the read models could not apply' })
  @Allow('admin')
  @NotLogged()
  @ApiOkResponse({ type: ParkedList })
  async list(): Promise<ParkedList> {
    const rows = await this.projections.parked(MOST_SHOWN);
    return { items: rows.map(viewOf) };
  }

  @Post(':id/retry')
  @HttpCode(202)
  @ApiOperation({ summary: 'Try it again now instead of when its time comes' })
  @Allow('admin')
  @NotLogged()
  @ApiAcceptedResponse({ description: 'It is tried; what then still fails stays parked.' })
  retry(@Param('id') id: string): Promise<void> {
    return this.projections.retry(id);
  }
}

const viewOf = (row: ParkedRow): ParkedView => ({
  id: row.id,
  projection: row.projection,
  key: row.key,
  position: row.position,
  code: row.code,
  message: row.message,
  attempts: row.attempts,
  firstSeen: row.first_seen,
  lastSeen: row.last_seen,
  retryAt: row.retry_at,
});
