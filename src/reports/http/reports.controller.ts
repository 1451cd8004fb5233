import { Controller, Get, HttpStatus, Param, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { LoggedStream } from '../../http/logged.js';
import type { Shown } from '../../http/access-journal.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import { Reports, type MadeReport, type Reported } from '../asking/reports.js';
import { MEDIA_TYPES } from '../documents/document.js';
import { writeReport } from '../documents/write-report.js';
import { acceptedFormat } from './accepted-format.js';
import { ReportNameDto, ReportQuery } from './report-query.js';
import { ReportUnderWay } from './report-under-way.js';
import { placeOf } from './report-place.js';

const FILE = { type: 'string', format: 'binary' };
const COME_BACK_AFTER_SECONDS = 2;

/** Figures show no case, but those of one case do; where persons are named, each of them. */
const shownIn = (answer: MadeReport | ReportUnderWay): Shown => {
  if (!('content' in answer)) return { cases: [], fields: 'none' };
  const { content, named, about } = answer;
  const cases = [...new Set([...named, ...(about === undefined ? [] : [about])])];
  const fields = named.length > 0 ? (content.report === 'person' ? 'all' : 'person') : 'masked';
  return { cases: cases.map((caseId) => ({ caseId })), fields: cases.length === 0 ? 'none' : fields };
};

@ApiTags('Reports')
@Controller('/v1/reports')
export class ReportsController {
  constructor(private readonly reports: Reports) {}

  @Get(':report')
  @Allow('caseworker', 'auditor', 'reporter')
  @LoggedStream('ReportRead', shownIn)
  @ApiOperation({
    operationId: 'getReport',
    summary: 'A report on any day, as known at any time or as of any position',
    description:
      'One that takes longer than a request answers 202 with its progress: ask again at `Location`, after `Retry-After`.',
  })
  @ApiOkResponse({
    content: Object.fromEntries(
      Object.values(MEDIA_TYPES).map((type) => [type.split(';', 1)[0], { schema: FILE }]),
    ),
  })
  @ApiAcceptedResponse({ type: ReportUnderWay })
  async one(
    @Param() { report }: ReportNameDto,
    @Query() query: ReportQuery,
    @CurrentPrincipal() viewer: Principal,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable | ReportUnderWay> {
    const { asOf, knownAt, position, minPosition, lang, format, audience, ...filters } = query;
    const answer = await this.reports.ask({
      report,
      asOf,
      knownAt,
      position,
      minPosition,
      filters,
      audience: audience ?? 'internal',
      viewer,
    });
    if ('underWay' in answer) return underWay(answer, request, reply);
    const { content } = answer.made;
    const document = await writeReport(content, {
      format: format ?? acceptedFormat(request.headers.accept),
      language: lang ?? 'en',
    });
    reply.streamed = answer.made;
    reply.headers({
      'Content-Type': document.mediaType,
      'Content-Length': String(document.bytes.byteLength),
      'Content-Disposition': `attachment; filename="${document.fileName}"`,
      Vary: 'Accept',
    });
    return Readable.from([document.bytes]);
  }
}

function underWay(
  { underWay: { done, total }, ...pinned }: Extract<Reported, { underWay: unknown }>,
  request: FastifyRequest,
  reply: FastifyReply,
): ReportUnderWay {
  void reply.status(HttpStatus.ACCEPTED);
  reply.headers({
    Location: placeOf(request.url, pinned),
    'Retry-After': String(COME_BACK_AFTER_SECONDS),
  });
  return { done, total: total ?? null };
}
