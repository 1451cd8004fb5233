import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Histogram, Registry } from 'prom-client';
import { Log } from '../log.js';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15];

/** One line and one measurement for every answer. The route as it was registered, never the URL: paths and queries hold ids and names. */
@Injectable()
export class RequestJournal {
  readonly #seconds: Histogram<'method' | 'route' | 'status'>;

  constructor(
    private readonly log: Log,
    registry: Registry,
  ) {
    this.#seconds = new Histogram({
      name: 'habeas_http_request_duration_seconds',
      help: 'Time from the request to the end of its answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers: [registry],
    });
  }

  /** For Fastify's `onResponse` hook. */
  readonly write = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { method, id: correlationId } = request;
    const route = request.routeOptions.url ?? 'none';
    const status = reply.statusCode;
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    this.#seconds.observe({ method, route, status }, reply.elapsedTime / 1000);
    this.log.info(
      { method, route, status, ms, correlationId, principalId: request.principalId ?? undefined },
      'request',
    );
  };
}
