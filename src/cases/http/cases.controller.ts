import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf } from '../../http/conditional-headers.js';
import { Logged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import type { CaseAnswer } from '../queries/case-answer.js';
import { FindSimilar, type SimilarCases } from '../queries/find-similar.js';
import { GetCase } from '../queries/get-case.js';
import { GetCaseHistory, type CaseHistoryAnswer } from '../queries/get-case-history.js';
import { ListCases, type CasePage } from '../queries/list-cases.js';
import { ReplayCase, type CaseReplay } from '../queries/replay-case.js';
import { CaseAnswerDto, CasePageDto } from './answers/case-answer.dto.js';
import { CaseHistoryDto } from './answers/history.dto.js';
import { CaseReplayDto } from './answers/replay.dto.js';
import { SimilarCasesDto } from './answers/similar.dto.js';
import {
  CaseIdDto,
  CaseQueryDto,
  FreshDto,
  ListCasesDto,
  ReplayQueryDto,
  SearchCasesDto,
} from './dto/queries.dto.js';
import { nextPageOf } from '../../http/next-page.js';
import { shownCases, shownInReplay, shownPersons } from './shown-cases.js';

@ApiTags('Cases')
@Controller('/v1/cases')
export class CasesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @Allow('caseworker', 'auditor')
  @Logged('CasesListed', ({ items }: CasePage) => shownCases(items))
  @ApiOperation({ operationId: 'listCases', summary: 'Cases on a day, the newest change first' })
  @ApiOkResponse({
    type: CasePageDto,
    headers: { Link: { description: 'rel="next"', schema: { type: 'string' } } },
  })
  async list(
    @Query() query: ListCasesDto,
    @CurrentPrincipal() viewer: Principal,
    @Req() { url }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CasePage> {
    const page = await this.queries.execute(new ListCases(Object.assign({ viewer }, query)));
    if (page.next !== null) reply.header('Link', `<${nextPageOf(url, page.next)}>; rel="next"`);
    return page;
  }

  @Post('search')
  @HttpCode(200)
  @Allow('caseworker', 'auditor')
  @Logged('CasesSearched', ({ items }: CasePage) => shownCases(items))
  @ApiOperation({
    operationId: 'searchCases',
    summary: 'The same as the list, asked for in a body: a name in an address ends up in the logs of others',
  })
  @ApiOkResponse({ type: CasePageDto })
  search(@Body() body: SearchCasesDto, @CurrentPrincipal() viewer: Principal): Promise<CasePage> {
    return this.queries.execute(new ListCases(Object.assign({ viewer, part: 'body' as const }, body)));
  }

  @Get(':caseId')
  @Allow('caseworker', 'auditor')
  @Logged('CaseRead', (answer: CaseAnswer) => shownCases([answer]))
  @ApiOperation({ operationId: 'getCase', summary: 'A case on any day, as known at any time' })
  @ApiOkResponse({
    type: CaseAnswerDto,
    headers: { ETag: { description: 'the revision', schema: { type: 'string' } } },
  })
  async one(
    @Param() { caseId }: CaseIdDto,
    @Query() query: CaseQueryDto,
    @CurrentPrincipal() viewer: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CaseAnswer> {
    const answer = await this.queries.execute(new GetCase(Object.assign({ caseId, viewer }, query)));
    reply.header('ETag', etagOf(answer.revision));
    return answer;
  }

  @Get(':caseId/events')
  @Allow('caseworker', 'auditor')
  @Logged('CaseHistoryRead', (history: CaseHistoryAnswer) => shownCases([history]))
  @ApiOperation({
    operationId: 'getCaseHistory',
    summary: 'Every event of a case, corrections and voids marked',
  })
  @ApiOkResponse({ type: CaseHistoryDto })
  history(@Param() { caseId }: CaseIdDto, @CurrentPrincipal() viewer: Principal): Promise<CaseHistoryAnswer> {
    return this.queries.execute(new GetCaseHistory({ caseId, viewer }));
  }

  @Get(':caseId/replay')
  @Allow('caseworker', 'auditor')
  @Logged('CaseHistoryRead', shownInReplay)
  @ApiOperation({
    operationId: 'replayCase',
    summary: 'The history of a case step by step: each event, the case after it, and what it changed',
  })
  @ApiOkResponse({ type: CaseReplayDto })
  replay(
    @Param() { caseId }: CaseIdDto,
    @Query() query: ReplayQueryDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<CaseReplay> {
    return this.queries.execute(new ReplayCase(Object.assign({ caseId, viewer }, query)));
  }

  @Get(':caseId/similar')
  @Allow('caseworker')
  @Logged('SimilarCasesRead', ({ items }: SimilarCases) => shownPersons(items))
  @ApiOperation({
    operationId: 'findSimilarCases',
    summary: 'Cases that may be of the same person, and why; nothing is merged',
  })
  @ApiOkResponse({ type: SimilarCasesDto })
  similar(
    @Param() { caseId }: CaseIdDto,
    @Query() query: FreshDto,
    @CurrentPrincipal() viewer: Principal,
  ): Promise<SimilarCases> {
    return this.queries.execute(new FindSimilar(Object.assign({ caseId, viewer }, query)));
  }
}
