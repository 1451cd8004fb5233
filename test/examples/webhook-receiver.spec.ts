import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newSecret, secretAsText, signedHeaders } from '../../src/reports/webhooks/signature.js';
import { newId } from '../support/caseworker.js';

const RECEIVER = join(import.meta.dirname, '../../examples/webhook-receiver.ts');
const [secret, stranger] = [newSecret(), newSecret()];

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-receiver-'));
  file = join(folder, 'events.ndjson');
});
afterAll(() => rmSync(folder, { recursive: true }));

async function start(): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [RECEIVER, file, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { WEBHOOK_SECRETS: secretAsText(secret), NODE_NO_WARNINGS: '1' },
  });
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, url: `http://127.0.0.1:${/\d+/.exec(said.toString())![0]}` };
}

const eventOf = (position: number) => ({
  position: String(position),
  eventId: newId(),
  caseId: newId(),
  type: 'Arrested',
  recordedAt: '2020-01-27T10:00:00.000Z',
});

async function deliver(url: string, events: object[], key = secret): Promise<number> {
  const body = JSON.stringify({ type: 'events.recorded', data: { events } });
  const signed = { id: newId(), timestamp: Math.floor(Date.now() / 1000), body };
  return (await fetch(url, { method: 'POST', headers: signedHeaders(signed, [key]), body })).status;
}

const written = (): unknown[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

it('the example of a receiver keeps each event once, though it is killed and told twice, and nothing of strangers', async () => {
  const events = [1, 2, 3, 4].map(eventOf);
  const first = await start();
  expect(await deliver(first.url, events.slice(0, 2))).toBe(204);
  expect(await deliver(first.url, events.slice(1, 3))).toBe(204);
  expect(await deliver(first.url, [eventOf(9)], stranger)).toBe(401);
  first.process.kill('SIGKILL');
  await once(first.process, 'close');
  // As if it had been killed while it wrote.
  appendFileSync(file, JSON.stringify(events[3]).slice(0, 40));

  const second = await start();
  expect(await deliver(second.url, events)).toBe(204);
  expect(written()).toEqual(events);
  second.process.kill('SIGKILL');
  await once(second.process, 'close');
});
