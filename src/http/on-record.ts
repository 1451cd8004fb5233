import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Counter } from 'prom-client';
import type { AccessJournal, LogRule } from './access-journal.js';
import { purposeIn } from './purpose.js';
import { isRefusal } from './refusals.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What the answer shows has been put on record. */
    isOnRecord: boolean;
  }
  interface FastifyReply {
    /** The code of the problem that this answer is. */
    problemCode: string | null;
    /** The names of the headers that were there before the route was asked. */
    headersBefore: readonly string[] | null;
    /** What an answer that is a stream shows. */
    streamed: unknown;
  }
}

/** The one place where reads and refusals are put on record. No answer leaves before that is done. */
export function putOnRecord(fastify: FastifyInstance, journal: AccessJournal, unknownCallers: Counter): void {
  fastify.decorateRequest('isOnRecord', false);
  fastify.decorateReply('problemCode', null);
  fastify.decorateReply('headersBefore', null);
  fastify.decorateReply('streamed', null);
  const record = async (request: FastifyRequest, reply: FastifyReply, answer: unknown): Promise<void> => {
    const rule = ruleOf(request);
    if (!rule) return;
    try {
      await journal.shown(request, rule, answer);
    } catch (error) {
      takeBackHeaders(reply);
      throw error;
    }
    request.isOnRecord = true;
  };
  fastify.addHook('preHandler', async (request, reply) => {
    if (ruleOf(request)) purposeIn(request);
    reply.headersBefore = Object.keys(reply.getHeaders());
  });
  fastify.addHook('preSerialization', async (request, reply, answer: unknown) => {
    if (reply.problemCode === null) await record(request, reply, answer);
    return answer;
  });
  fastify.addHook('onSend', async (request, reply, answer: unknown) => {
    const { statusCode: status, problemCode: code, streamed } = reply;
    if (status === 401) unknownCallers.inc();
    if (code === null && streamed !== null && answer instanceof Readable) {
      await record(request, reply, streamed).catch((error: unknown) => {
        answer.destroy();
        throw error;
      });
    }
    // A text or a stream does not come by above: better no answer than one that nobody knows of.
    if (code === null && ruleOf(request) && !request.isOnRecord)
      throw new Error('an answer that is to be put on record was not');
    if (code === null || request.principalId === null) return;
    if (isRefusal({ status, code })) await journal.refused(request, { status, code });
  });
}

function ruleOf({ routeOptions }: FastifyRequest): LogRule | undefined {
  const { logs } = routeOptions.config;
  return typeof logs === 'object' ? logs : undefined;
}

/** Revisions and cursors are part of the answer. */
function takeBackHeaders(reply: FastifyReply): void {
  for (const name of Object.keys(reply.getHeaders()))
    if (!reply.headersBefore?.includes(name)) reply.removeHeader(name);
}
