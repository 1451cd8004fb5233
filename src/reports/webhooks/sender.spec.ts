import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { makeCertificate, type Certificate } from '../../../test/support/certificate.js';
import { HttpSender } from './sender.js';

const NEVER = new AbortController().signal;

let servers: Server[] = [];
afterEach(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  return (server.address() as AddressInfo).port;
}

const listening = async (answer: RequestListener): Promise<string> =>
  `http://127.0.0.1:${await portOf(createServer(answer))}/hook`;

const send = (url: string, tryMs?: number) =>
  new HttpSender(tryMs).send(url, { 'webhook-id': 'm1' }, '{"a":"ё"}', NEVER);

describe('a try over HTTP', () => {
  it('posts the body to the byte, with its headers', async () => {
    const seen: unknown[] = [];
    const url = await listening((request, response) => {
      const { method, headers } = request;
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString();
        seen.push([method, headers['content-type'], headers['webhook-id'], headers.cookie, body]);
        response.writeHead(204).end();
      });
    });
    expect(await send(url)).toEqual({ status: 204, retryAfter: null });
    expect(seen).toEqual([['POST', 'application/json', 'm1', undefined, '{"a":"ё"}']]);
  });

  it('tells of a refusal, and of how long the receiver asks to be left alone', async () => {
    const url = await listening((_, response) =>
      response.writeHead(503, { 'retry-after': '120' }).end('busy'),
    );
    expect(await send(url)).toEqual({ status: 503, retryAfter: '120' });
  });

  it('does not go where an answer points to', async () => {
    let asked = 0;
    const elsewhere = await listening((_, response) => {
      asked += 1;
      response.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const url = await listening((_, response) => response.writeHead(status, { location: elsewhere }).end());
      expect(await send(url)).toEqual({ status, retryAfter: null });
    }
    expect(asked).toBe(0);
  });

  it('gives up on a receiver that says nothing', async () => {
    const url = await listening(() => undefined);
    expect(await send(url, 20)).toEqual({ status: undefined, code: 'timed-out' });
  });

  it('does not wait for the end of an answer that has none', async () => {
    const url = await listening((_, response) => response.writeHead(200).write('and so on'));
    expect(await send(url)).toEqual({ status: 200, retryAfter: null });
  });

  it('tells that nobody was reached: nobody there, or the line is cut', async () => {
    const gone = await listening(() => undefined);
    await new Promise((resolve) => {
      servers.pop()?.close(resolve);
    });
    const closing = await listening(({ socket }) => socket.destroy());
    for (const url of [gone, closing, 'https://127.0.0.1:1/'])
      expect(await send(url)).toEqual({ status: undefined, code: 'not-reached' });
  });

  it('can be called off', async () => {
    const stop = new AbortController();
    const url = await listening(() => stop.abort());
    const ended = await new HttpSender().send(url, {}, '{}', stop.signal);
    expect(ended).toEqual({ status: undefined, code: 'not-reached' });
  });
});

describe('a try over TLS', () => {
  const trusted = getCACertificates('default');
  let folder: string;
  let certificate: Certificate;
  let asked = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-tls-'));
    certificate = await makeCertificate(folder);
  });
  afterEach(() => {
    asked = 0;
    setDefaultCACertificates(trusted);
  });
  afterAll(() => rm(folder, { recursive: true }));

  const trust = (): void => setDefaultCACertificates([...trusted, certificate.cert]);
  const receiver = (): Promise<number> =>
    portOf(
      createTlsServer(certificate, (_, response) => {
        asked += 1;
        response.writeHead(204).end();
      }),
    );

  it('reaches a receiver whose certificate is good', async () => {
    trust();
    expect(await send(`https://localhost:${await receiver()}/hook`)).toEqual({
      status: 204,
      retryAfter: null,
    });
    expect(asked).toBe(1);
  });

  it.each([
    ['nobody vouches for the certificate', () => undefined, 'localhost'],
    ['the certificate is somebody else’s', trust, '127.0.0.2'],
  ])('tells nothing to a receiver where %s', async (_, prepare, host) => {
    prepare();
    const answer = await send(`https://${host}:${await receiver()}/hook`);
    expect(answer).toEqual({ status: undefined, code: 'not-reached' });
    expect(asked).toBe(0);
  });
});
