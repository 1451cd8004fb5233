import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { HELD_BACK_MS, holdBack } from './held-back.js';

let server: FastifyInstance;

beforeEach(() => {
  server = fastify();
  holdBack(server);
});
afterEach(() => server.close());

it('an answer that hides why it is what it is leaves no sooner than all of its kind', async () => {
  let answered = 0;
  server.addHook('onResponse', async (_request, reply) => {
    answered = reply.elapsedTime;
  });
  server.get('/', (_request, reply) => {
    reply.hidesWhy = true;
    return reply.status(404).send({ code: 'case-not-found' });
  });
  for (let n = 0; n < 10; n++) {
    expect((await server.inject('/')).json()).toEqual({ code: 'case-not-found' });
    expect(answered).toBeGreaterThanOrEqual(HELD_BACK_MS);
  }
});

it('any other leaves at once', async () => {
  server.get('/', () => ({ found: true }));
  const times: number[] = [];
  server.addHook('onResponse', async (_request, reply) => void times.push(reply.elapsedTime));
  for (let n = 0; n < 20; n++) await server.inject('/');
  // The quickest of them: a machine under load may hold up some.
  expect(Math.min(...times)).toBeLessThan(HELD_BACK_MS);
});
