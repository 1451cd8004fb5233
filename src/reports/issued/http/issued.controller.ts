import { Body, Controller, Get, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotLogged } from '../../../http/logged.js';
import { LongLived } from '../../../http/route-rules.js';
import { Allow } from '../../../security/allow.js';
import { Envelope, type CommandEnvelope } from '../../../security/command-envelope.js';
import { IssuedReports } from '../issued-reports.js';
import { IssueReport } from '../issue-report.js';
import { LaterLook, type CheckedReport } from '../later-look.js';
import { IssueBody, IssueIdDto } from './issue-body.js';
import { CheckView, IssuedView, IssueLine, IssueList, IssueView } from './issued-answers.js';

/** Nothing here is about single persons. */
@ApiTags('Reports')
@Controller('/v1/reports')
export class IssuedController {
  constructor(
    private readonly issuing: IssueReport,
    private readonly issued: IssuedReports,
    private readonly later: LaterLook,
  ) {}

  @Post('issue')
  @LongLived()
  @Allow('auditor', 'reporter')
  @ApiOperation({
    operationId: 'issueReport',
    summary: 'Publish a report: it is kept as it is printed, and all later ones are held to it',
  })
  @ApiBody({ type: IssueBody })
  @ApiCreatedResponse({ type: IssueView })
  async issue(
    @Body() body: IssueBody,
    @Envelope() envelope: CommandEnvelope,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<IssueView> {
    const { report, asOf, knownAt, ...filters } = body;
    const issued = await this.issuing.issue({ report, asOf, knownAt, filters }, envelope);
    reply.header('Location', `/v1/reports/issued/${issued.issueId}`);
    if (issued.replayed) reply.header('Idempotency-Replayed', 'true');
    return IssueView.of(issued);
  }

  @Get('issued')
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({ operationId: 'listIssuedReports', summary: 'What was published' })
  @ApiOkResponse({ type: IssueList })
  async all(): Promise<IssueList> {
    return { items: (await this.issued.all()).map((issue) => IssueLine.of(issue)) };
  }

  @Get('issued/:issueId')
  @LongLived()
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({
    operationId: 'getIssuedReport',
    summary:
      'A published report, and beside it what the same question gives now, where that is something else',
  })
  @ApiOkResponse({ type: IssuedView })
  async one(@Param() { issueId }: IssueIdDto): Promise<IssuedView> {
    return IssuedView.for(await this.later.revised(issueId));
  }

  @Get('issued/:issueId/check')
  @LongLived()
  @Allow('caseworker', 'auditor', 'reporter')
  @NotLogged()
  @ApiOperation({
    operationId: 'checkIssuedReport',
    summary:
      'Makes a published report again from the store as it stood then, also where that was moved since, and says whether it is the same',
  })
  @ApiOkResponse({ type: CheckView })
  check(@Param() { issueId }: IssueIdDto): Promise<CheckedReport> {
    return this.later.check(issueId);
  }
}
