import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Api } from './api.js';

/** What the service answers, one after the other, and how often it was asked. */
let answers: { status: number; retryAfter?: string }[];
let asked: number;
let server: Server;
let api: Api;
beforeEach(async () => {
  asked = 0;
  server = createServer((_request, response) => {
    const { status, retryAfter } = answers[asked++] ?? { status: 500 };
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(status === 201 ? { caseId: 'c' } : { code: 'some-code', detail: 'no' }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  api = new Api(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, 'a key');
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

it('a command waits while the service cannot, or its limit is reached, and goes on', async () => {
  answers = [{ status: 503 }, { status: 429, retryAfter: '0' }, { status: 201 }];
  expect((await api.command('/v1/cases', {}, 'k')).body).toEqual({ caseId: 'c' });
  expect(asked).toBe(3);
});

it('a command that is refused is not sent again', async () => {
  answers = [{ status: 409 }, { status: 201 }];
  await expect(api.command('/v1/cases', {}, 'k')).rejects.toMatchObject({ status: 409, code: 'some-code' });
  expect(asked).toBe(1);
});
