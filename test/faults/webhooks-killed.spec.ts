import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ToldEvent } from '../../examples/webhook-receiver.js';
import { eventIdOf } from '../support/consumers-at-work.js';
import { FixedClock } from '../support/fixed-clock.js';
import { ledgerOn } from '../support/ledgers.js';
import { buildProgram } from '../support/program.js';
import { deliveringIn } from './support/delivering.js';

const EVENTS = 1_250;
const LEASE_SECONDS = 30;
const DEATHS = ['lease', 'send', 'settle'].flatMap((call) =>
  ['before', 'after'].flatMap((when) => [1, 2].map((nth) => `${call}:${when}:${nth}`)),
);
const ENVELOPE = { recordedBy: 'p', correlationId: 'c', causationId: 'c', requestDigest: 'd' };

let folder: string;
let program: string;
let server: Server;
const clock = new FixedClock();
/** By the message that they came with, as often as they came. */
const arrived: { messageId: string; eventIds: string[] }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-webhooks-killed-'));
  program = await buildProgram('test/faults/programs/deliver-until-killed.ts', join(folder));
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(chunks).toString()) as { data: { events: ToldEvent[] } };
      const messageId = String(request.headers['webhook-id']);
      arrived.push({ messageId, eventIds: data.events.map(({ eventId }) => eventId) });
      response.writeHead(204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

async function run(death: string): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, [program, folder, clock.now().toISOString(), death], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { NODE_COMPILE_CACHE: join(folder, 'compiled'), NODE_NO_WARNINGS: '1' },
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}

it('a webhook misses nothing, and gets it in order, from processes that are killed at every step', async () => {
  const { store, webhooks, close } = await deliveringIn(folder, clock);
  const { port } = server.address() as AddressInfo;
  await webhooks.add({ url: `http://127.0.0.1:${port}/` });
  const ids = Array.from({ length: EVENTS }, (_, n) => eventIdOf(n + 1));
  const envelope = { ...ENVELOPE, recordedAt: clock.now().toISOString() };
  const events = ids.map((eventId) => ({ eventId, type: 'Arrested', data: {} }));
  await ledgerOn(store).append('case-a', events, envelope, 'no_stream');
  await close();

  for (const death of DEATHS) {
    expect({ death, ...(await run(death)) }).toEqual({ death, code: null, signal: 'SIGKILL' });
    clock.forward(LEASE_SECONDS + 1);
  }
  expect(await run('')).toEqual({ code: 0, signal: null });

  expect([...new Set(arrived.flatMap(({ eventIds }) => eventIds))]).toEqual(ids);
  // What came again, came as the same message.
  const messages = new Map(arrived.map(({ messageId, eventIds }) => [messageId, eventIds.join()]));
  expect(messages.size).toBe(Math.ceil(EVENTS / 100));
  expect(arrived.length).toBeGreaterThan(messages.size);
  for (const { messageId, eventIds } of arrived) expect(eventIds.join()).toBe(messages.get(messageId));
});
