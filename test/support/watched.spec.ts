import { describe, expect, it } from '@jest/globals';
import type { Reply } from './service.js';
import { watched } from './watched.js';

const problem = { type: 'urn:habeas:problem:x', title: 'x', detail: 'x', instance: 'c-1', code: 'x' };
const place = [{ pointer: '/body/at', message: 'must be a date' }];

const reply = (status: number, body: object, type = 'application/problem+json'): Reply<unknown> => ({
  status,
  headers: new Headers({ 'content-type': type, 'x-correlation-id': 'c-1' }),
  body: { ...problem, status, ...body },
  text: '',
});

const watching = (answer: Reply<unknown>, ...heads: string[]): Promise<unknown> =>
  watched(
    () => Promise.resolve(answer),
    () => Promise.resolve(heads.shift() ?? 'a'),
  );

describe('whoever watches a request', () => {
  it('is content when it is taken, or refused with the place and nothing written', async () => {
    await expect(watching(reply(201, {}, 'application/json'), 'a', 'b')).resolves.toBeDefined();
    await expect(watching(reply(400, { errors: place }))).resolves.toBeDefined();
    await expect(watching(reply(409, {}))).resolves.toBeDefined();
  });

  it.each([
    ['an error of the service', reply(500, {})],
    ['a service that is not there', reply(503, {})],
    ['something else than a problem', reply(400, { errors: place }, 'text/html')],
    ['a problem that names another status', reply(400, { errors: place, status: 409 })],
    ['no place for what is malformed', reply(400, {})],
    ['an empty list of places', reply(400, { errors: [] })],
  ])('notices %s', async (_, answer) => {
    await expect(watching(answer)).rejects.toThrow();
  });

  it('notices that something refused was written all the same', async () => {
    await expect(watching(reply(400, { errors: place }), 'a', 'b')).rejects.toThrow();
  });
});
