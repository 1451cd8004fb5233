import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { readUpload } from './upload.js';

const MOST_BYTES = 1_000_000;
const BEGUN =
  '--edge\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nthe beginning of a file';

let server: Server;
beforeEach(async () => {
  server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => void server.close());

/** A form of which no more than its beginning comes, and what makes its sender go away. */
async function begun(): Promise<{ raw: IncomingMessage; cut: () => Promise<void> }> {
  const { port } = server.address() as AddressInfo;
  const headers = { 'content-type': 'multipart/form-data; boundary=edge', 'content-length': 10_000 };
  const sending = request({ port, method: 'POST', headers });
  sending.on('error', () => undefined);
  sending.write(BEGUN);
  const [raw] = (await once(server, 'request')) as [IncomingMessage];
  raw.on('error', () => undefined);
  const cut = async (): Promise<void> => {
    const closed = new Promise((resolve) => raw.once('close', resolve));
    sending.destroy();
    await closed;
  };
  return { raw, cut };
}

const read = <T>(raw: IncomingMessage, take: (bytes: AsyncIterable<Buffer>) => Promise<T>) =>
  readUpload({ raw } as FastifyRequest, MOST_BYTES, take);

async function all(bytes: AsyncIterable<Buffer>): Promise<number> {
  let size = 0;
  for await (const part of bytes) size += part.length;
  return size;
}

describe('a form whose sender goes away', () => {
  it('before anybody reads it ends too early, and keeps nobody waiting', async () => {
    const { raw, cut } = await begun();
    await cut();
    await expect(read(raw, all)).rejects.toMatchObject({ code: 'malformed-form' });
  });

  it('before the place for its file is made is given up only when nobody is at work on that place any more', async () => {
    const { raw, cut } = await begun();
    let isOver = false;
    const reading = read(raw, async (bytes) => {
      await cut();
      try {
        return await all(bytes);
      } finally {
        isOver = true;
      }
    });
    await expect(reading).rejects.toMatchObject({ code: 'malformed-form' });
    expect(isOver).toBe(true);
  });

  it('while its file is taken is given up only when that has ended', async () => {
    const { raw, cut } = await begun();
    let isOver = false;
    const reading = read(raw, async (bytes) => {
      try {
        for await (const _ of bytes) await cut();
      } finally {
        await new Promise(setImmediate);
        isOver = true;
      }
    });
    await expect(reading).rejects.toMatchObject({ code: 'malformed-form' });
    expect(isOver).toBe(true);
  });
});
