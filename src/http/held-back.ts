import { setTimeout } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyReply {
    /** This answer has several causes that its caller may not tell apart. */
    hidesWhy: boolean;
  }
}

/** After the request came. To look at a case takes a few of these at most, whether it is there or not. */
export const HELD_BACK_MS = 25;

/** Answers that hide why they are what they are leave no sooner than this: how long the looking took is not to be seen. */
export function holdBack(fastify: FastifyInstance): void {
  fastify.decorateReply('hidesWhy', false);
  fastify.addHook('onSend', async (_request, reply) => {
    // A timer may go off a little early.
    while (reply.hidesWhy && reply.elapsedTime < HELD_BACK_MS) {
      await setTimeout(Math.max(1, HELD_BACK_MS - reply.elapsedTime));
    }
  });
}
