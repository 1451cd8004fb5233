import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import type { IncomingMessage } from 'node:http';
import { HabeasError } from '../errors.js';
import { Log } from '../log.js';
import { Shutdown } from '../shutdown.js';
import { Counter, Registry } from 'prom-client';
import { AccessJournal } from './access-journal.js';
import { answerClientError, answerUnroutable } from './client-error.js';
import { badHeader, isCorrelationId } from './conditional-headers.js';
import { Doorkeeper } from './doorkeeper.js';
import { holdBack } from './held-back.js';
import { limitArrival } from './arrival.js';
import { takeBodies } from './bodies.js';
import { ApiDocument } from './openapi/api-document.js';
import { NestLog } from './nest-log.js';
import { putOnRecord } from './on-record.js';
import { RequestJournal } from './request-journal.js';
import { RouteTable } from './route-table.js';
import { SECURITY_HEADERS } from './security-headers.js';
import { ServiceEnd } from './service-end.js';

const BODY_LIMIT_BYTES = 256 * 1024;
const MAX_PATH_SEGMENT = 200;

export interface TimeLimits {
  /** For the headers of a request to arrive. */
  headersMs: number;
  /** For a request to arrive, and again for its answer to begin; not for long-lived routes. */
  requestMs: number;
  /** The same for the routes that take a file. */
  uploadMs: number;
  /** How often connections are looked at. */
  checkMs: number;
}

const TIME_LIMITS: TimeLimits = {
  headersMs: 5_000,
  requestMs: 15_000,
  uploadMs: 1_800_000,
  checkMs: 1_000,
};

/** The service as an application that is ready to listen: what every request goes through is put together here, in the order it happens. */
export async function createApplication(
  module: DynamicModule,
  log: Log,
  limits = TIME_LIMITS,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    // The longest of all: `limitArrival` holds the others to theirs.
    requestTimeout: limits.uploadMs,
    http: {
      headersTimeout: limits.headersMs,
      connectionsCheckingInterval: limits.checkMs,
      // Node would answer for itself, and not with a problem; `checkHeaders` does it.
      requireHostHeader: false,
    },
    routerOptions: { maxParamLength: MAX_PATH_SEGMENT },
    genReqId: ({ headers }: IncomingMessage) => {
      const given = headers['x-correlation-id'];
      return isCorrelationId(given) ? given : uuidv7();
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: answerUnroutable,
    // While the service ends, what still comes over an open connection is answered like everything before it.
    return503OnClosing: false,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    abortOnError: false,
    logger: new NestLog(log),
  });
  app.useSecurityHeaders(SECURITY_HEADERS);
  const fastify = adapter.getInstance<FastifyInstance>();
  takeBodies(fastify);
  limitArrival(fastify, limits.requestMs);
  holdBack(fastify);
  guardRoutes(fastify, app.get(RouteTable), app.get(Doorkeeper));
  putOnRecord(fastify, app.get(AccessJournal), unknownCallers(app.get(Registry)));
  fastify.addHook('onRoute', (route) => {
    if (route.config?.longLived !== true) route.handlerTimeout = limits.requestMs;
  });
  fastify.addHook('onResponse', app.get(RequestJournal).write);
  endInOrder(app, fastify);
  await app.init();
  app.get(ApiDocument).buildFrom(app);
  return app;
}

const unknownCallers = (registry: Registry): Counter =>
  new Counter({
    name: 'habeas_refused_credentials_total',
    help: 'Requests without a credential that opens anything.',
    registers: [registry],
  });

function guardRoutes(fastify: FastifyInstance, table: RouteTable, doorkeeper: Doorkeeper): void {
  fastify.decorateRequest('principal', null);
  fastify.decorateRequest('principalId', null);
  fastify.addHook('onRoute', table.add);
  fastify.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'X-Correlation-Id': request.id, 'Cache-Control': 'no-store' });
    if (request.is404) throw notHere(request, reply, table);
    checkHeaders(request);
    await doorkeeper.admit(request);
  });
}

function checkHeaders({ headers, raw }: FastifyRequest): void {
  if (headers.host === undefined && raw.httpVersion === '1.1') throw badHeader('host', 'is missing');
  const correlationId = headers['x-correlation-id'];
  if (correlationId !== undefined && !isCorrelationId(correlationId)) {
    throw badHeader('x-correlation-id', 'must be 1 to 128 letters, digits and . _ : -');
  }
}

function endInOrder(app: NestFastifyApplication, fastify: FastifyInstance): void {
  const end = app.get(ServiceEnd);
  const shutdown = app.get(Shutdown);
  let closed: Promise<unknown> = Promise.resolve();
  shutdown.during('stop taking requests', () => {
    end.announce();
    closed = fastify.close();
  });
  shutdown.during('finish requests in flight', () => closed);
  // Nest's own hooks, for whoever uses them.
  shutdown.during('stop subscriptions', () => app.close());
  // A connection kept alive after the last answer would hold up the end.
  fastify.addHook('onSend', async (_request, reply) => {
    if (end.signal.aborted) reply.header('Connection', 'close');
  });
}

function notHere(request: FastifyRequest, reply: FastifyReply, table: RouteTable): HabeasError {
  const allowed = table.methodsOf(request.url.split('?', 1)[0] ?? '');
  if (allowed.length === 0) return new HabeasError('absent', 'unknown-path', 'there is nothing at this path');
  reply.header('Allow', allowed.join(', '));
  return new HabeasError('method_not_allowed', 'method-not-allowed', `this path takes ${allowed.join(', ')}`);
}
