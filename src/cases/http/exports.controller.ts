import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { bundleText, type Bundle } from '../../evidence/bundle.js';
import type { Shown } from '../../http/access-journal.js';
import { Logged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { Envelope, type CommandEnvelope } from '../../security/command-envelope.js';
import { caseIdOf } from '../case-stream.js';
import { CaseExports } from '../exports/case-exports.js';
import { BundleDto } from './answers/bundle.dto.js';
import { ExportRequestDto } from './dto/exports.dto.js';
import { CaseIdDto } from './dto/queries.dto.js';

/** What is sealed stays sealed in the file. */
const shownIn = ({ streams }: Bundle): Shown => ({
  cases: streams.map(({ stream }) => ({ caseId: caseIdOf(stream) })),
  fields: 'masked',
});

@ApiTags('Evidence')
@Controller('/v1/cases')
export class ExportsController {
  constructor(private readonly exports: CaseExports) {}

  @Post(':caseId/exports')
  @HttpCode(200)
  @Allow('auditor')
  @Logged('CaseExported', shownIn)
  @ApiOperation({
    operationId: 'exportCase',
    summary:
      'The evidence of a case in one file, to be checked with `habeas verify` and without this service',
  })
  @ApiBody({ type: ExportRequestDto, required: false })
  @ApiOkResponse({ type: BundleDto })
  async export(
    @Param() { caseId }: CaseIdDto,
    @Body() { known }: ExportRequestDto,
    @Envelope() envelope: CommandEnvelope,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Bundle> {
    const bundle = await this.exports.export(caseId, known, envelope);
    // To the byte: whoever checks it takes no other spelling.
    reply.serializer((answer: unknown) => bundleText(answer as Bundle));
    reply.header('Content-Type', 'application/json; charset=utf-8');
    reply.header('Content-Disposition', `attachment; filename="case-${bundle.caseId}.evidence.json"`);
    return bundle;
  }
}
