import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ConsumerStatus } from '../../src/reports/consumers/consumer-status.js';
import { Caseworker, since } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { seededRandom } from '../support/random.js';
import { send, startService, type Service } from '../support/service.js';

const JOB = join(import.meta.dirname, '../../examples/report-job.ts');
const LEASE_SECONDS = 60;
const MONTHS = ['2019-11', '2019-12', '2020-01'];
const CASES = 12;

interface Totals {
  totals: { daysImposed: { gross: { min: number; max: number } } };
}

const random = seededRandom(11);
const upTo = (most: number): number => Math.floor(random() * most);

let clock: FixedClock;
let service: Service;
let caseworker: Caseworker;
let reporter: string;
let folder: string;
/** Stands between the job and the service, and does not hand on what it is told not to. */
let between: Server;
let killAt: string | undefined;
/** Changes what a lease answers on its way. */
let spoil: ((text: string) => string) | undefined;
let caseIds: string[];
let job: ChildProcess | undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-job-'));
  clock = new FixedClock('2020-02-08T10:00:00.000Z');
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
  reporter = await service.keyFor('reporter');
  between = createServer((request, response) => {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const kills = killAt !== undefined && path.endsWith(killAt.split(' ')[0]!);
      const answer = async (): Promise<void> => {
        if (kills && killAt?.endsWith('before')) return void job?.kill('SIGKILL');
        const body = Buffer.concat(chunks).toString();
        const reply = await send(service.url, 'POST', path, { body, key: reporter });
        if (kills) return void job?.kill('SIGKILL');
        const text = path.endsWith('/lease') && spoil ? spoil(reply.text) : reply.text;
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(text);
      };
      void answer();
    });
  });
  between.listen(0, '127.0.0.1');
  await once(between, 'listening');
});
afterAll(async () => {
  between.closeAllConnections();
  between.close();
  await service.close();
  rmSync(folder, { recursive: true });
});

const day = (): string => `${MONTHS[upTo(MONTHS.length)]}-${String(1 + upTo(27)).padStart(2, '0')}`;

/** Arrests, releases and sentences, some of them corrected, voided, or of a person who has two cases. */
async function recordSomeCases(): Promise<string[]> {
  const caseIds: string[] = [];
  for (let made = 0; made < CASES; made++) {
    const caseId = await caseworker.open(`Person ${made}`);
    caseIds.push(caseId);
    const { ids } = await caseworker.record(`/${caseId}/arrests`, { at: '2019-10-20' });
    const { events } = await caseworker.record(`/${caseId}/sentences`, { at: day(), days: 1 + upTo(30) });
    const sentenced = events.find(({ type }) => type === 'Sentenced')!.eventId;
    const { detentionId } = ids;
    if (made % 3 === 0)
      await caseworker.record(`/${caseId}/releases`, { at: '2020-02-01', detentionId, basis: 'temporary' });
    if (made % 4 === 1) {
      const fact = (await caseworker.history(caseId)).find(({ eventId }) => eventId === sentenced)!;
      const data = { ...fact.data, at: day(), days: 40 };
      await caseworker.record(`/${caseId}/corrections`, { eventId: sentenced, data, reason: 'misread' });
    }
    if (made % 4 === 2)
      await caseworker.record(`/${caseId}/voids`, { eventId: sentenced, reason: 'wrong_person' });
  }
  return caseIds;
}

const start = (...more: string[]): ChildProcess => {
  const { port } = between.address() as AddressInfo;
  const args = [JOB, `http://127.0.0.1:${port}`, join(folder, 'projection.db'), '--batch', '7', ...more];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { HABEAS_KEY: reporter, NODE_NO_WARNINGS: '1' },
  });
};

const statusOfConsumer = async (): Promise<ConsumerStatus> =>
  (await service.request<ConsumerStatus>('GET', '/v1/consumers/report-job', { key: reporter })).body;

async function runUntilKilledAt(moment: string): Promise<void> {
  killAt = moment;
  job = start();
  const [, signal] = (await once(job, 'close')) as [number | null, string | null];
  expect([moment, signal]).toEqual([moment, 'SIGKILL']);
  killAt = undefined;
  // What it was handed is handed to another.
  clock.forward(LEASE_SECONDS + 1);
}

async function runToTheEnd(): Promise<{ lines: string[]; figures: unknown; complaints: string }> {
  job = start('--until-idle');
  let [said, complaints] = ['', ''];
  job.stderr?.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  job.stdout?.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(job, 'close')) as [number | null];
  expect(code).toBe(0);
  const lines = said.trim().split('\n');
  return { lines, complaints, figures: JSON.parse(lines.at(-1)!) };
}

/** The same figures, asked of the service: who is held, and by how much the days imposed grow from month to month. */
async function figuresOfTheService(caseIds: readonly string[], position: string): Promise<unknown> {
  const found = await caseworker.get<{ items: { custody: { status: string } }[] }>(
    `/v1/cases?limit=200&${since(position)}`,
  );
  const imposedBy = async (caseId: string, asOf: string): Promise<number> => {
    const { body } = await caseworker.get<Totals>(`/v1/cases/${caseId}?asOf=${asOf}`);
    return body.totals.daysImposed.gross.min;
  };
  const daysImposed: Record<string, number> = {};
  let before = 0;
  for (const month of MONTHS) {
    let until = 0;
    for (const caseId of caseIds) until += await imposedBy(caseId, `${month}-28`);
    daysImposed[month] = until - before;
    before = until;
  }
  const held = found.body.items.filter(({ custody }) => custody.status.startsWith('in_custody'));
  return { personsHeld: held.length, daysImposed };
}

it('the example of a report job comes to the figures of the service, though it is killed again and again', async () => {
  caseIds = await recordSomeCases();
  // Before it has what it asks for, after it was handed it, with it in its database, and with it acknowledged.
  for (const moment of ['/lease before', '/lease after', '/ack before', '/ack after', '/ack before'])
    await runUntilKilledAt(moment);

  // Two cases turn out to be of one person.
  const [loser, survivor] = [caseIds[1]!, caseIds[2]!];
  const { position } = await caseworker.record(`/${loser}/merges`, {
    intoCaseId: survivor,
    reason: 'one person',
  });
  const { lines, figures } = await runToTheEnd();
  caseIds = caseIds.filter((caseId) => caseId !== loser);
  expect(figures).toEqual(await figuresOfTheService(caseIds, position));
  expect(Object.values((figures as { daysImposed: object }).daysImposed)).toHaveLength(MONTHS.length);
  // What was in its database when it was killed came again.
  expect(lines[0]).toBe('7 handed out, 0 new, 0 put aside');

  const { outstanding } = await statusOfConsumer();
  expect(outstanding).toEqual({ waiting: 0, leased: 0, parked: 0 });
  expect((await runToTheEnd()).lines).toHaveLength(1);
});

it('it puts aside what it does not understand, gives back what it cannot write, and misses neither', async () => {
  const caseId = await caseworker.open('One more');
  caseIds.push(caseId);
  await caseworker.record(`/${caseId}/arrests`, { at: '2020-01-05' });
  const { position } = await caseworker.record(`/${caseId}/sentences`, { at: '2020-01-06', days: 29 });

  spoil = (text) => text.replaceAll('"days":29', '"days":"29"');
  expect((await runToTheEnd()).lines[0]).toBe('2 handed out, 1 new, 1 put aside');
  spoil = undefined;
  const { parked } = await statusOfConsumer();
  expect(parked).toMatchObject([{ caseId, code: 'days-missing' }]);
  const retry = { eventIds: parked.map(({ eventId }) => eventId) };
  await service.request('POST', '/v1/consumers/report-job/retry', { body: retry, key: reporter });

  const somebody = new DatabaseSync(join(folder, 'projection.db'));
  somebody.exec('begin immediate');
  expect((await runToTheEnd()).complaints).toMatch(/^given back: .*database is locked/);
  somebody.close();
  expect((await statusOfConsumer()).outstanding).toEqual({ waiting: 1, leased: 0, parked: 0 });

  clock.forward(11);
  const { lines, figures, complaints } = await runToTheEnd();
  expect([lines[0], complaints]).toEqual(['1 handed out, 1 new, 0 put aside', '']);
  expect(figures).toEqual(await figuresOfTheService(caseIds, position));
});
