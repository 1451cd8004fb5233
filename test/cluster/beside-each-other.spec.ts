import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SystemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import { serve, type RunningService } from '../../src/serve.js';
import type { Environment } from '../../src/settings.js';
import { Auditor } from '../support/access-log.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { eventually } from '../support/eventually.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';
import { send, startService, type Service } from '../support/service.js';

interface Answer {
  caseId: string;
  revision: number;
  position: string;
  events: { eventId: string }[];
}

const PERSON = { person: { names: [{ form: 'Dzmitry Kazlou' }], roles: ['protester'] } };

/** Two processes that take requests and one that projects, on one EventStoreDB and one PostgreSQL. */
describe('two API processes beside each other', () => {
  let folder: string;
  let double: EventStoreDouble;
  let postgres: FreshPostgres;
  let one: Service;
  let other: Service;
  let projector: RunningService | undefined;

  const settings = (name: string, roles: string): Environment => ({
    HABEAS_DATA: join(folder, name),
    HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    HABEAS_ROLES: roles,
    EVENTSTORE_URL: double.connectionString,
    DATABASE_URL: postgres.url,
    HABEAS_CASES_PER_DAY: '3',
  });

  const api = (name: string): Promise<Service> =>
    startService({ folder: join(folder, name), env: settings(name, 'api') });

  const startProjector = (): Promise<RunningService> => {
    const config = readConfig({
      ...settings('projector', 'projector'),
      HABEAS_PORT: '0',
      HABEAS_MIN_FREE_MB: '0',
    });
    return serve(
      config,
      new SystemClock('Europe/Minsk', undefined),
      createLog(config, { write: () => undefined }),
    );
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-beside-'));
    [double, postgres] = await Promise.all([EventStoreDouble.start(), freshPostgres()]);
    [one, other] = await Promise.all([api('one'), api('other')]);
  });

  afterAll(async () => {
    await Promise.all([one?.close(), other?.close(), projector?.stop()]);
    await double.stop();
    await postgres.drop();
    await rm(folder, { recursive: true, force: true });
  });

  const opened = async (at: Service, headers: Record<string, string> = {}): Promise<Answer> => {
    const key = await one.keyFor('caseworker');
    const { status, body } = await at.request<Answer>('POST', '/v1/cases', { body: PERSON, headers, key });
    expect(status).toBe(201);
    return body;
  };
  const note = async (at: Service, caseId: string, text: string, idempotencyKey: string) => {
    const key = await one.keyFor('caseworker');
    const headers = { 'idempotency-key': idempotencyKey };
    return at.request<Answer & { type: string }>('POST', `/v1/cases/${caseId}/notes`, {
      body: { text },
      headers,
      key,
    });
  };

  it('make one first admin between them, although they start at the same moment', async () => {
    const { body } = await one.request<{ items: { label: string }[] }>('GET', '/v1/principals');
    expect(body.items.filter(({ label }) => label === 'first admin')).toHaveLength(1);
  });

  it('take commands while nobody projects, and say that they cannot answer yet', async () => {
    const { caseId } = await opened(one);
    const key = await one.keyFor('caseworker');
    const { status, body } = await other.request('GET', `/v1/cases/${caseId}`, { key });
    expect({ status, code: body['code'] }).toEqual({ status: 503, code: 'tables-missing' });
    expect((await other.request('GET', '/health/ready')).status).toBe(503);
  });

  it('answer from what the projector makes of it, each of what the other has recorded', async () => {
    projector = await startProjector();
    const key = await one.keyFor('caseworker');
    const { caseId, position } = await opened(one);
    const read = await other.request('GET', `/v1/cases/${caseId}?minPosition=${position}`, { key });
    expect(read).toMatchObject({ status: 200, body: { caseId, revision: 0 } });
    await eventually(async () => (await other.request('GET', '/health/ready')).status === 200);
  });

  it('carry a command out once that comes to both, at the same time or later', async () => {
    const { caseId } = await opened(one);
    for (let round = 0; round < 10; round += 1) {
      const at = [one, other, one, other];
      const answers = await Promise.all(at.map((service) => note(service, caseId, 'seen', `seen ${round}`)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      expect(new Set(answers.map(({ body }) => body.revision))).toEqual(new Set([round + 1]));
      expect(answers.filter(({ headers }) => headers.get('idempotency-replayed') === null)).toHaveLength(1);
    }
    expect(double.data.stream(`case-${caseId}`)?.records).toHaveLength(11);
  });

  it('refuse a key at the one that was used at the other for something else', async () => {
    const [first, second] = [await opened(one), await opened(other)];
    expect((await note(one, first.caseId, 'seen', 'once')).status).toBe(201);
    const otherText = await note(other, first.caseId, 'heard', 'once');
    expect(otherText).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const otherCase = await note(other, second.caseId, 'seen', 'once');
    expect(otherCase).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(double.data.stream(`case-${second.caseId}`)?.records).toHaveLength(1);
  });

  it('let nobody in at the one who was shut out at the other', async () => {
    const { body } = await one.request<{ principalId: string }>('POST', '/v1/principals', {
      body: { label: 'a guest', roles: ['caseworker'] },
    });
    const made = await one.request<{ keyId: string; key: string }>('POST', '/v1/keys', {
      body: { principalId: body.principalId },
    });
    const { key, keyId } = made.body;
    expect((await other.request('GET', '/v1/cases?limit=1', { key })).status).toBe(200);
    expect((await one.request('DELETE', `/v1/keys/${keyId}`)).status).toBe(204);
    expect((await other.request('GET', '/v1/cases', { key })).status).toBe(401);
  });

  it('put what each of them has shown into one log, and count it together', async () => {
    const made = await one.request<{ principalId: string }>('POST', '/v1/principals', {
      body: { label: 'a curious colleague', roles: ['caseworker'] },
    });
    const { principalId } = made.body;
    const { key } = (await one.request<{ key: string }>('POST', '/v1/keys', { body: { principalId } })).body;
    const cases = [await opened(one), await opened(other), await opened(one), await opened(other)];
    const { position } = cases.at(-1)!;
    const statuses: number[] = [];
    for (const [i, { caseId }] of cases.entries()) {
      const at = i % 2 === 0 ? one : other;
      statuses.push((await at.request('GET', `/v1/cases/${caseId}?minPosition=${position}`, { key })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 429]);
    const auditor = await Auditor.of(one);
    await eventually(async () => {
      const entries = await auditor.entries(`?principalId=${principalId}`);
      expect(entries.map(({ type, caseIds }) => [type, ...caseIds]).reverse()).toEqual([
        ...cases.slice(0, 3).map(({ caseId }) => ['CaseRead', caseId]),
        ['AccessRefused', cases[3]!.caseId],
      ]);
    });
  });

  it('and the one that projects answers for its health alone', async () => {
    const url = projector?.url ?? '';
    const get = (path: string) => send<Record<string, unknown>>(url, 'GET', path, { key: one.adminKey });
    await eventually(async () => (await get('/health/ready')).status === 200);
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/metrics')).text).toContain('process_cpu');
    expect((await get('/v1/cases')).status).toBe(404);
  });
});
