import { Controller, Get, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../../config.js';
import { etagOf } from '../../http/conditional-headers.js';
import { LoggedStream } from '../../http/logged.js';
import { routeRules } from '../../http/route-rules.js';
import { readUpload } from '../../http/upload.js';
import { ValidationPipe } from '../../http/validation.pipe.js';
import { Allow } from '../../security/allow.js';
import { EnvelopeReader } from '../../security/command-envelope.js';
import { CurrentPrincipal } from '../../security/current-principal.js';
import type { Principal } from '../../security/roles.js';
import { EvidenceIntake } from '../evidence/evidence-intake.js';
import { KeptEvidence, type EvidenceFile } from '../evidence/kept-evidence.js';
import { CommandAnswerDto } from './answers/command-answer.dto.js';
import { CASES_PATH } from './catalogue/command-route.js';
import { EvidenceFieldsDto, EvidenceFormDto, EvidenceIdsDto } from './dto/evidence.dto.js';
import { CaseIdDto } from './dto/queries.dto.js';

const BYTES_IN_MB = 1024 * 1024;
const fieldsOfForm = new ValidationPipe();

@ApiTags('Evidence')
@Controller('/v1/cases')
export class EvidenceController {
  readonly #mostBytes: number;

  constructor(
    private readonly intake: EvidenceIntake,
    private readonly kept: KeptEvidence,
    private readonly envelopes: EnvelopeReader,
    config: Config,
  ) {
    this.#mostBytes = config.maxEvidenceMegabytes * BYTES_IN_MB;
  }

  @Post(':caseId/evidence')
  @Allow('caseworker')
  @routeRules({ command: true, takesFile: true, longLived: true })
  @ApiOperation({
    operationId: 'attachEvidence',
    summary: 'Attach a file, which is kept sealed beside the case',
  })
  @ApiConsumes('multipart/form-data')
  @ApiBody({ type: EvidenceFormDto })
  @ApiCreatedResponse({ type: CommandAnswerDto })
  async attach(
    @Param() { caseId }: CaseIdDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswerDto> {
    const receipt = await this.intake.begin(caseId, this.envelopes.of(request, {}));
    try {
      const { fields, taken } = await readUpload(request, this.#mostBytes, (bytes) => receipt.take(bytes));
      const said = fieldsOfForm.transform(fields, { type: 'body', metatype: EvidenceFieldsDto });
      const envelope = this.envelopes.of(request, { ...fields, sha256: taken.sha256 });
      const { replayed, ...answer } = await receipt.attach(taken, said as EvidenceFieldsDto, envelope);
      reply.headers({ ETag: etagOf(answer.revision), Location: `${CASES_PATH}/${answer.caseId}` });
      if (replayed) reply.header('Idempotency-Replayed', 'true');
      return answer;
    } finally {
      await receipt.end();
    }
  }

  @Get(':caseId/evidence/:evidenceId')
  @Allow('caseworker')
  @routeRules({ longLived: true })
  @LoggedStream('EvidenceRead', ({ caseId, mergedFrom, evidenceId }: EvidenceFile) => ({
    cases: [{ caseId, mergedFrom }],
    fields: 'all',
    evidenceId,
  }))
  @ApiOperation({
    operationId: 'getEvidence',
    summary: 'A file as it was sent; who was given it is on record',
  })
  @ApiOkResponse({
    description: 'The bytes of the file. An answer that ends before its Content-Length is not the file.',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  })
  async one(
    @Param() { caseId, evidenceId }: EvidenceIdsDto,
    @CurrentPrincipal() viewer: Principal,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Readable> {
    const file = await this.kept.open(caseId, evidenceId, viewer);
    reply.streamed = file;
    reply.headers({
      'Content-Type': file.mediaType,
      'Content-Length': String(file.size),
      'Content-Disposition': `attachment; filename="${evidenceId}"`,
    });
    return file.bytes;
  }
}
