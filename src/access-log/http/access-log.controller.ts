import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HabeasError } from '../../errors.js';
import { Logged } from '../../http/logged.js';
import { nextPageOf } from '../../http/next-page.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import { ListAccess } from '../list-access.js';
import { AccessLogQuery, AccessPageDto } from './access-log.dto.js';
import { readCursor, writeCursor } from './entry-cursor.js';

const USUAL_PAGE = 50;

@ApiTags('Access log')
@Controller('/v1/access-log')
export class AccessLogController {
  constructor(private readonly list: ListAccess) {}

  @Get()
  @Allow('caseworker', 'auditor', 'reporter', 'admin')
  @Logged('AccessLogRead', (_: AccessPageDto) => ({ cases: [], fields: 'none' }))
  @ApiOperation({
    operationId: 'readAccessLog',
    summary:
      'Who was shown what, the latest first: all of it to auditors, to others what they did themselves',
  })
  @ApiOkResponse({
    type: AccessPageDto,
    headers: { Link: { description: 'rel="next"', schema: { type: 'string' } } },
  })
  async read(
    @Query() { from, to, cursor, limit = USUAL_PAGE, ...asked }: AccessLogQuery,
    @CurrentPrincipal() viewer: Principal,
    @Req() { url }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccessPageDto> {
    const { items, next } = await this.list.page(viewer, {
      ...asked,
      limit,
      ...(from !== undefined && { from: instant(from) }),
      ...(to !== undefined && { to: instant(to) }),
      ...(cursor !== undefined && { before: placeIn(cursor) }),
    });
    if (next === undefined) return { items, next: null };
    reply.header('Link', `<${nextPageOf(url, writeCursor(next))}>; rel="next"`);
    return { items, next: writeCursor(next) };
  }
}

/** As entries have it: they are compared as texts. */
const instant = (given: string): string => new Date(given).toISOString();

function placeIn(cursor: string): string {
  const before = readCursor(cursor);
  if (before !== undefined) return before;
  throw new HabeasError('malformed', 'invalid-query', 'this cursor was not given by a list', {
    errors: [{ pointer: '/query/cursor', message: 'is not the `next` of a page' }],
  });
}
