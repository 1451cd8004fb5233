import { Readable } from 'node:stream';
import { Controller, Get, Headers, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Doorkeeper } from '../../http/doorkeeper.js';
import { LongLived } from '../../http/route-rules.js';
import { ServiceEnd } from '../../http/service-end.js';
import { NotLogged } from '../../http/logged.js';
import { Allow } from '../../security/allow.js';
import { ChangeFeed, type FeedRequest } from './change-feed.js';
import type { FeedEntry } from './feed-entry.js';
import { FeedQuery } from './feed-query.js';
import { asLines, asServerSentEvents, EVENT_STREAM, NDJSON } from './wire.js';

@ApiTags('Reports')
@Controller('/v1/events')
export class FeedController {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly doorkeeper: Doorkeeper,
    private readonly serviceEnd: ServiceEnd,
  ) {}

  @Get()
  @Allow('auditor', 'reporter')
  @NotLogged()
  @ApiOperation({
    summary: 'What was recorded, in order, without personal fields',
    description:
      'As lines of JSON up to the present, or, asked for as text/event-stream, kept open for what comes. Hand the last ' +
      'position back to go on from there.',
  })
  @LongLived()
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Takes the place of `after`.' })
  @ApiOkResponse({
    content: { [NDJSON]: { schema: { type: 'string' } }, [EVENT_STREAM]: { schema: { type: 'string' } } },
  })
  async read(
    @Query() { after, types, limit }: FeedQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const resumed = lastEventId !== undefined && lastEventId !== '';
    const position = resumed ? lastEventId : after;
    await this.feed.check(position, resumed ? '/headers/last-event-id' : '/query/after');

    const wanted: FeedRequest = { after: position, types: types && new Set(types), limit };
    const kept = request.headers.accept?.includes(EVENT_STREAM) ?? false;
    void reply.type(kept ? EVENT_STREAM : NDJSON);
    // Proxies hold back what they think is a file; and a connection kept for more after its stream would hold up the end of the
    // service.
    if (kept) void reply.headers({ 'X-Accel-Buffering': 'no', Connection: 'close' });
    if (request.method === 'HEAD') void reply.send('');
    else
      void reply.send(
        Readable.from(
          kept ? asServerSentEvents(this.#follow(wanted, request, reply)) : asLines(this.feed.read(wanted)),
        ),
      );
  }

  /** Ends with the service, with the connection, and when the caller's key is no longer good for it. */
  async *#follow(
    wanted: FeedRequest,
    request: FastifyRequest,
    reply: FastifyReply,
  ): AsyncIterable<readonly FeedEntry[]> {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    for await (const entries of this.feed.follow(
      wanted,
      AbortSignal.any([gone.signal, this.serviceEnd.signal]),
    )) {
      // Who is not can only be cut off here; he is told why when he comes back.
      if (!(await this.doorkeeper.wouldAdmit(request))) return;
      yield entries;
    }
  }
}
