import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Log, traceOf } from '../log.js';
import { PROBLEM_MEDIA_TYPE } from './problem.js';
import { problemOf } from './problem-of.js';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Every failure leaves the service through here, whether a handler threw it, Nest or Fastify. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly log: Log) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const { problem, retryAfterSeconds, hidesWhy, place, unknown } = problemOf(
      thrown,
      request.id,
      !SAFE_METHODS.has(request.method),
    );
    if (place) this.log.error({ correlationId: request.id, ...place }, problem.code.replaceAll('-', ' '));
    if (unknown) this.log.error({ correlationId: request.id, ...traceOf(thrown) }, 'unknown error');
    // The answer has begun (a stream): it can only be cut short, which the caller notices.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (retryAfterSeconds !== undefined) reply.header('Retry-After', String(retryAfterSeconds));
    if (problem.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="habeas"');
    reply.hidesWhy = hidesWhy ?? false;
    reply.problemCode = problem.code;
    void reply
      .status(problem.status)
      .header('X-Correlation-Id', request.id)
      .header('Content-Type', PROBLEM_MEDIA_TYPE)
      // Bytes, because Fastify adds a charset to a text, which JSON types do not have.
      .send(Buffer.from(JSON.stringify(problem)));
  }
}
