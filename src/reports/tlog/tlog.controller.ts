import { applyDecorators, Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { ConsistencyQuery, ConsistencyView, InclusionQuery, InclusionView, LogList } from './tlog.dto.js';
import { ServedLog } from './served-log.js';

const ForAuditors = (summary: string): MethodDecorator =>
  applyDecorators(Allow('auditor'), NotLogged(), ApiOperation({ summary }));

/** A tile of hashes. The path has a part for each three digits of the number, and one for the width. */
const Tile = (): MethodDecorator =>
  applyDecorators(
    ForAuditors('Hashes of the log by C2SP tlog-tiles, 256 at a time: `0/x001/234`, `0/x001/235.p/17`'),
    Header('Content-Type', 'application/octet-stream'),
    ApiOkResponse({
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    }),
  );

@ApiTags('Transparency log')
@Controller('/v1/tlog')
export class TlogController {
  constructor(private readonly log: ServedLog) {}

  @Get('checkpoint')
  @ForAuditors('What was signed last: a C2SP checkpoint. Keep it, and later ones can be held to it')
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  checkpoint(): Promise<string> {
    return this.log.note();
  }

  @Get('keys')
  @ForAuditors('The logs there have been, and the key that signs each; compare it with what you were given')
  @ApiOkResponse({ type: LogList })
  async keys(): Promise<LogList> {
    return { items: await this.log.logs() };
  }

  @Get('proof/inclusion')
  @ForAuditors('That an event is in the log')
  @ApiOkResponse({ type: InclusionView })
  inclusion(@Query() query: InclusionQuery): Promise<InclusionView> {
    return this.log.inclusion(query);
  }

  @Get('proof/consistency')
  @ForAuditors('That the log begins with the one it was')
  @ApiOkResponse({ type: ConsistencyView })
  consistency(@Query() query: ConsistencyQuery): Promise<ConsistencyView> {
    return this.log.consistency(query);
  }

  @Get('tile/:level/:a')
  @Tile()
  tile(@Param('level') level: string, @Param('a') a: string): Promise<Buffer> {
    return this.log.tile(`${level}/${a}`);
  }

  @Get('tile/:level/:a/:b')
  @Tile()
  tileOfTwoParts(
    @Param('level') level: string,
    @Param('a') a: string,
    @Param('b') b: string,
  ): Promise<Buffer> {
    return this.log.tile(`${level}/${a}/${b}`);
  }

  @Get('tile/:level/:a/:b/:c')
  @Tile()
  tileOfThreeParts(
    @Param('level') level: string,
    @Param('a') a: string,
    @Param('b') b: string,
    @Param('c') c: string,
  ): Promise<Buffer> {
    return this.log.tile(`${level}/${a}/${b}/${c}`);
  }

  @Get('tile/:level/:a/:b/:c/:d')
  @Tile()
  tileOfFourParts(
    @Param('level') level: string,
    @Param('a') a: string,
    @Param('b') b: string,
    @Param('c') c: string,
    @Param('d') d: string,
  ): Promise<Buffer> {
    return this.log.tile(`${level}/${a}/${b}/${c}/${d}`);
  }
}
