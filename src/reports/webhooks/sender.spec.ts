import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
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

async function listening(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
}

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
