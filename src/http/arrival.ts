import type { FastifyInstance } from 'fastify';
import { answerClientError } from './client-error.js';

/** Node has one time for all requests to arrive in, that of the longest. All but those with a file have less. */
export function limitArrival(fastify: FastifyInstance, withinMs: number): void {
  fastify.addHook('onRequest', async ({ raw, routeOptions }) => {
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers;
    if (routeOptions.config?.takesFile || (length === undefined && encoding === undefined)) return;
    const timer = setTimeout(() => {
      if (!raw.complete)
        answerClientError({ name: '', message: '', code: 'ERR_HTTP_REQUEST_TIMEOUT' }, raw.socket);
    }, withinMs);
    raw.once('end', () => clearTimeout(timer));
    raw.once('close', () => clearTimeout(timer));
  });
}
