import { readFile, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { Installation, type ChildService } from '../support/installation.js';
import { beginRequest, isListening, type SlowRequest } from '../support/slow-request.js';

const LONG = 120_000;

let installation: Installation;

beforeAll(async () => {
  installation = await Installation.make();
}, LONG);

afterEach(() => installation.forget());

afterAll(() => installation.remove());

const notes = async (caseworker: Caseworker, caseId: string): Promise<unknown[]> =>
  (await caseworker.history(caseId)).slice(1).map(({ data }) => data['text']);

const stoppedListening = ({ url }: ChildService): Promise<boolean> =>
  eventually(async () => !(await isListening(url)));

describe('a service that is told to stop', () => {
  let service: ChildService;
  let caseworker: Caseworker;
  let caseId: string;

  beforeEach(async () => {
    service = await installation.start();
    caseworker = await Caseworker.of(service);
    caseId = await caseworker.open();
  }, LONG);

  const begin = (text: string): Promise<SlowRequest> =>
    beginRequest(service.url, `/v1/cases/${caseId}/notes`, caseworker.key, { text });

  const restarted = async (): Promise<Caseworker> => caseworker.at(await installation.start());

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'by %s answers the requests it has taken on, takes no new ones, and ends well',
    async (signal) => {
      const texts = Array.from({ length: 10 }, (_, n) => `note ${n}`);
      const requests = await Promise.all(texts.map(begin));
      service.process.kill(signal);
      await stoppedListening(service);
      for (const request of requests) {
        const answer = await request.finish();
        expect(answer).toMatch(/^HTTP\/1.1 201 /);
        expect(answer).toMatch(/^connection: close\r$/im);
      }
      expect(await service.ended).toEqual({ code: 0, signal: null });
      const phases = service.log().filter(({ event }) => event === 'shutdown');
      expect(phases.map(({ phase, outcome }) => `${String(phase)}: ${String(outcome)}`)).toEqual([
        'stop taking requests: done',
        'finish requests in flight: done',
        'stop subscriptions: done',
        'close stores: done',
      ]);
      expect(new Set(await notes(await restarted(), caseId))).toEqual(new Set(texts));
    },
    LONG,
  );

  it(
    'in the middle of many requests has carried out those that it answered, and no others',
    async () => {
      const answered: string[] = [];
      const send = async (text: string): Promise<void> => {
        const { status } = await caseworker.send(`/${caseId}/notes`, { text });
        if (status === 201) answered.push(text);
        if (answered.length === 20) service.process.kill('SIGTERM');
      };
      const all = Array.from({ length: 200 }, (_, n) => send(`note ${n}`));
      const outcomes = await Promise.allSettled(all);
      expect(answered.length).toBeGreaterThanOrEqual(20);
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect((outcome.reason as Error).name).toBe('TypeError');
      }
      expect(await service.ended).toEqual({ code: 0, signal: null });
      const recorded = await notes(await restarted(), caseId);
      expect(recorded).toHaveLength(answered.length);
      expect(new Set(recorded)).toEqual(new Set(answered));
    },
    LONG,
  );

  it(
    'ends answers that would go on for ever',
    async () => {
      const key = await service.keyFor('auditor');
      const headers = { accept: 'text/event-stream', authorization: `Bearer ${key}` };
      const feed = await fetch(`${service.url}/v1/events`, { headers });
      expect(feed.status).toBe(200);
      const entries = feed.body!.pipeThrough(new TextDecoderStream());
      for await (const text of entries) if (text.includes('CaseOpened')) service.process.kill('SIGTERM');
      expect(await service.ended).toEqual({ code: 0, signal: null });
    },
    LONG,
  );

  it(
    'twice does not wait for anybody',
    async () => {
      await begin('never finished');
      service.process.kill('SIGTERM');
      await stoppedListening(service);
      expect(await service.kill('SIGTERM')).toEqual({ code: 1, signal: null });
      expect(await notes(await restarted(), caseId)).toEqual([]);
    },
    LONG,
  );
});

describe('the very first start', () => {
  it(
    'leaves the first key in a file for the owner alone, and no later start does',
    async () => {
      const makesKey = { HABEAS_ADMIN_KEY_FILE: '' };
      const file = join(installation.dataDir, 'first-admin-key');
      const first = await installation.start(makesKey);
      const key = (await readFile(file, 'utf8')).trim();
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      await eventually(() => expect(first.said()).toContain(file));
      // What is not a terminal keeps what is written to it.
      expect(first.said() + JSON.stringify(first.log())).not.toContain(key);
      expect((await first.request('GET', '/v1/principals', { key })).status).toBe(200);
      expect((await first.kill('SIGTERM')).code).toBe(0);

      await rm(file);
      const second = await installation.start(makesKey);
      expect(existsSync(file)).toBe(false);
      expect(second.said()).not.toContain('first admin key');
      expect((await second.request('GET', '/v1/principals', { key })).status).toBe(200);
    },
    LONG,
  );
});
