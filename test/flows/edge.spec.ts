import type { Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemIn } from '../support/problem.js';
import { sendRaw } from '../support/raw-request.js';
import { startService, type RequestOptions, type Service } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const principals = async (): Promise<number> =>
  (await service.request<{ items: unknown[] }>('GET', '/v1/principals')).body.items.length;

const fair = { label: 'desk', roles: ['auditor'] };
const post = (body: unknown, options: RequestOptions = {}) =>
  service.request('POST', '/v1/principals', { body, ...options });

describe('a bad request is answered by a problem that names the place, and nothing is written', () => {
  const long = 'x'.repeat(16 * 1024 + 1);

  it.each<[what: string, body: unknown, status: number, code: string, pointers: string[]]>([
    ['malformed JSON', '{"label": desk}', 400, 'malformed-json', ['/body']],
    ['an unknown member', { ...fair, colour: 'red' }, 400, 'invalid-body', ['/body/colour']],
    ['a wrong type', { ...fair, label: 5 }, 400, 'invalid-body', ['/body/label']],
    ['a missing member', { label: 'desk' }, 400, 'invalid-body', ['/body/roles']],
    ['an unknown code', { ...fair, roles: ['king'] }, 400, 'invalid-body', ['/body/roles']],
    ['a list', [fair], 400, 'invalid-body', ['/body']],
    ['a number', 5, 400, 'invalid-body', ['/body']],
    [
      'a polluting member',
      '{"label":"desk","roles":["auditor"],"__proto__":{"a":1}}',
      400,
      'invalid-body',
      ['/body/__proto__'],
    ],
    ['a long string', { ...fair, label: long }, 400, 'invalid-body', ['/body/label']],
    ['a NUL', { ...fair, label: 'a\0b' }, 400, 'invalid-body', ['/body/label']],
    ['half a character', '{"label":"\\ud83d","roles":["auditor"]}', 400, 'invalid-body', ['/body/label']],
    [
      'depth 10,000',
      `{"label":${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
      400,
      'invalid-body',
      [`/body/label${'/0'.repeat(19)}`],
    ],
    ['1 MB', JSON.stringify({ ...fair, label: 'x'.repeat(1_000_000) }), 413, 'body-too-large', []],
    ['no body', undefined, 400, 'invalid-body', ['/body/label', '/body/roles']],
  ])('%s', async (_, body, status, code, pointers) => {
    const before = await principals();
    const problem = problemIn(await post(body));
    expect(problem).toMatchObject({ status, code });
    expect([...new Set(problem.errors?.map(({ pointer }) => pointer))].sort()).toEqual(pointers);
    expect(await principals()).toBe(before);
    expect(({} as Record<string, unknown>)['a']).toBeUndefined();
  });

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'nonsense',
  ])('a body of the type %s', async (type) => {
    const before = await principals();
    expect(problemIn(await post(JSON.stringify(fair), { headers: { 'content-type': type } }))).toMatchObject({
      status: 415,
      code: 'not-json',
    });
    expect(await principals()).toBe(before);
  });

  it('a body where none is taken', async () => {
    const problem = problemIn(await service.request('DELETE', '/v1/keys/none', { body: { why: 'x' } }));
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/body' }] });
    expect((await service.request('DELETE', '/v1/keys/none', { body: {} })).status).toBe(404);
  });
});

describe('what is not there', () => {
  it.each([
    '/',
    '/v1',
    '/v1/nothing',
    '/v2/keys',
    '/docs/../package.json',
    '/docs/package.json',
    '/V1/keys',
    '/v1/keys/',
  ])('%s is 404', async (path) => {
    expect(problemIn(await service.request('GET', path))).toMatchObject({
      status: 404,
      code: 'unknown-path',
    });
  });

  it.each([
    ['PUT', '/v1/principals', 'GET, HEAD, POST'],
    ['OPTIONS', '/v1/keys', 'GET, HEAD, POST'],
    ['GET', '/v1/keys/abc', 'DELETE'],
    ['PATCH', '/health/live?x=1', 'GET, HEAD'],
  ])('%s %s is 405 and tells what the path takes', async (method, path, allow) => {
    const reply = await service.request(method, path);
    expect(problemIn(reply)).toMatchObject({ status: 405, code: 'method-not-allowed' });
    expect(reply.headers.get('allow')).toBe(allow);
  });

  it.each([
    ['/v1/%zz', 400, 'malformed-url'],
    [`/v1/keys/${'x'.repeat(1000)}`, 414, 'path-too-long'],
  ])('a path that cannot be read is a problem too', async (path, status, code) => {
    const reply = await service.request('DELETE', path);
    expect(problemIn(reply)).toMatchObject({ status, code });
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('what is hardly HTTP', () => {
  it.each([
    ['nonsense', 'Kazlou\r\n\r\n', 400, 'not-http'],
    ['a method nobody knows', 'KAZLOU / HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'not-http'],
    [
      'headers without end',
      `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a body of two lengths',
      'POST /v1/keys HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
      'not-http',
    ],
    [
      'a request without a host',
      'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n',
      400,
      'invalid-header',
    ],
  ])('%s is a problem all the same', async (_, text, status, code) => {
    const [head = '', body = ''] = (await sendRaw(service.url, text)).split('\r\n\r\n');
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(JSON.parse(body)).toMatchObject({ status, code });
    expect(body).not.toContain('Kazlou');
  });
});

describe('the correlation id', () => {
  it('that a caller gives comes back, and goes into the log', async () => {
    const headers = { 'x-correlation-id': 'desk-7:2020.01_27' };
    const reply = await service.request('GET', '/v1/keys', { headers });
    expect(reply.headers.get('x-correlation-id')).toBe(headers['x-correlation-id']);
    expect(service.log).toContainEqual(
      expect.objectContaining({ correlationId: headers['x-correlation-id'], route: '/v1/keys' }),
    );
  });

  it('is made if there is none', async () => {
    const { headers } = await service.request('GET', '/health/live');
    expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });

  it.each(['two words', 'x'.repeat(129), '{"level":"error"}'])(
    '%s is refused: a caller would look for it in vain',
    async (given) => {
      const problem = problemIn(
        await service.request('GET', '/health/live', { headers: { 'x-correlation-id': given } }),
      );
      expect(problem).toMatchObject({
        status: 400,
        code: 'invalid-header',
        errors: [{ pointer: '/headers/x-correlation-id' }],
      });
      expect(problem.instance).not.toBe(given);
    },
  );
});

it('headers are waited for five seconds, and a file half an hour', () => {
  const server: Server = service.app.getHttpServer();
  expect(server).toMatchObject({ headersTimeout: 5_000, requestTimeout: 1_800_000 });
});

it('every answer forbids to be kept, framed or guessed at, and shares nothing with other origins', async () => {
  const origin = { origin: 'https://elsewhere.example' };
  for (const path of ['/health/live', '/v1/keys', '/nothing', '/docs']) {
    const { headers } = await service.request('GET', path, { headers: origin });
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('access-control-allow-origin')).toBeNull();
  }
});

it('a log line holds the route and ids, never a query, a path as it came, a body or a key', async () => {
  await service.request('GET', '/v1/keys?name=Kazlou');
  await service.request('GET', '/v1/Kazlou');
  await service.request('DELETE', '/v1/keys/Kazlou');
  await service.request('GET', '/v1/%Kazlou');
  await post({ label: 'Kazlou', roles: ['auditor'], nick: 'Kazlou' });
  await post('{"Kazlou');
  const lines = JSON.stringify(service.log);
  expect(lines).not.toContain('Kazlou');
  expect(lines).not.toContain(service.adminKey);
  expect(service.log).toContainEqual({
    level: 'info',
    time: expect.any(String),
    event: 'request',
    method: 'DELETE',
    route: '/v1/keys/:keyId',
    status: 404,
    ms: expect.any(Number),
    correlationId: expect.any(String),
    principalId: expect.any(String),
  });
});

describe('health and metrics', () => {
  it('need no credential', async () => {
    expect((await service.request('GET', '/health/live', { key: null })).body).toMatchObject({
      status: 'live',
    });
    expect((await service.request('GET', '/health/ready', { key: null })).body).toEqual({
      status: 'ready',
      checks: { store: 'ok', readModel: 'ok', disk: 'ok' },
    });
  });

  it('metrics count answers by route, not by path', async () => {
    await service.request('DELETE', '/v1/keys/Kazlou');
    const { status, text } = await service.request('GET', '/metrics', { key: null });
    expect(status).toBe(200);
    expect(text).toContain(
      'habeas_http_request_duration_seconds_count{method="DELETE",route="/v1/keys/:keyId",status="404"}',
    );
    expect(text).not.toContain('Kazlou');
  });

  it('metrics are not for whom a proxy brings', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    expect(problemIn(await service.request('GET', '/metrics', { headers }))).toMatchObject({
      status: 403,
      code: 'loopback-only',
    });
  });
});
