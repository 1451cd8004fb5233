import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '../../src/http/problem.js';
import type { ConsumerStatus } from '../../src/reports/consumers/consumer-status.js';
import type { Lease } from '../../src/reports/consumers/leasing.js';
import type { Settled } from '../../src/reports/consumers/settling.js';
import { startService, type Service } from '../support/service.js';

jest.setTimeout(30_000);

const CANARY = 'canary-51c2';
const NOBODY = 'a0000000-0000-4000-8000-000000000009';

interface Answer {
  caseId: string;
  events: { eventId: string }[];
}

describe('consumers over HTTP', () => {
  let folder: string;
  let service: Service;
  let reporter: string;

  const record = async (path: string, body: unknown): Promise<Answer> => {
    const key = await service.keyFor('caseworker');
    const reply = await service.request<Answer>('POST', path, { body, key });
    expect(reply.status).toBe(201);
    return reply.body;
  };
  const openCase = (): Promise<Answer> =>
    record('/v1/cases', {
      person: { names: [{ form: `Dzmitry ${CANARY}` }], roles: ['blogger'] },
      remark: CANARY,
    });
  const ask = <T>(path: string, body: unknown, method = 'POST') =>
    service.request<T>(method, `/v1/consumers/${path}`, { body, key: reporter });
  const lease = async (name: string, body: unknown = {}): Promise<Lease> => {
    const reply = await ask<Lease>(`${name}/lease`, body);
    expect(reply.status).toBe(200);
    return reply.body;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-consumers-'));
    service = await startService({ folder });
    reporter = await service.keyFor('reporter');
  });
  afterAll(async () => {
    await service.close();
    await rm(folder, { recursive: true });
  });

  it('hand out what is recorded, without personal fields, and take it back as done', async () => {
    const { caseId, events } = await openCase();
    await record(`/v1/cases/${caseId}/arrests`, { at: '2019-12-25', facility: CANARY });

    const { leaseId, until, entries } = await lease('daily');
    expect(entries).toMatchObject([
      { caseId, eventId: events[0]?.eventId, type: 'CaseOpened', revision: 0, attempt: 1 },
      { caseId, type: 'Arrested', revision: 1, attempt: 1, data: { at: '2019-12-25' } },
    ]);
    expect(JSON.stringify(entries)).not.toContain(CANARY);
    expect(Date.parse(until ?? '')).toBeGreaterThan(Date.now());
    expect(await lease('daily')).toEqual({ leaseId: null, until: null, entries: [] });

    const done = await ask<Settled>('daily/ack', { leaseId });
    expect([done.status, done.body.items.map(({ state }) => state)]).toEqual([200, ['done', 'done']]);
    const status = await ask<ConsumerStatus>('daily', undefined, 'GET');
    expect(status.body).toEqual({
      name: 'daily',
      types: null,
      position: entries[1]?.position,
      outstanding: { waiting: 0, leased: 0, parked: 0 },
      parked: [],
    });
  });

  it('keep an entry aside with the word that it was parked with, and hand it out again when asked to', async () => {
    const { caseId, events } = await openCase();
    const [opened] = events;
    const { leaseId, entries } = await lease('parking');
    const eventIds = [opened?.eventId];
    const mine = entries.find(({ eventId }) => eventId === opened?.eventId);
    const parked = await ask<Settled>('parking/park', { leaseId, eventIds, code: 'name-of-court-missing' });
    expect(parked.body.items).toEqual([{ eventId: mine?.eventId, state: 'parked' }]);
    await ask('parking/ack', { leaseId });

    await record(`/v1/cases/${caseId}/arrests`, { at: '2019-12-25' });
    expect((await lease('parking')).entries).toEqual([]);
    const { body } = await ask<ConsumerStatus>('parking', undefined, 'GET');
    expect(body.outstanding).toEqual({ waiting: 1, leased: 0, parked: 1 });
    expect(body.parked).toMatchObject([{ caseId, code: 'name-of-court-missing', attempts: 1 }]);

    expect((await ask<Settled>('parking/retry', { eventIds })).status).toBe(200);
    expect((await lease('parking')).entries.map(({ type, attempt }) => [type, attempt])).toEqual([
      ['CaseOpened', 2],
      ['Arrested', 1],
    ]);
  });

  it('answer who waits as soon as something is recorded', async () => {
    for (let left = true; left;) left = (await lease('waiting')).leaseId !== null;
    const waiting = lease('waiting', { waitSeconds: 20 });
    const { caseId } = await openCase();
    expect((await waiting).entries).toMatchObject([{ caseId }]);
  });

  it('end their waits with the service, and stand where they stood when it is back', async () => {
    await openCase();
    const { leaseId, entries } = await lease('restarted', { seconds: 3_600 });
    const arrived = once(service.app.getHttpServer(), 'request');
    const waiting = lease('restarted', { waitSeconds: 20 });
    await arrived;
    await service.close();
    expect((await waiting).entries).toEqual([]);

    service = await startService({ folder });
    reporter = await service.keyFor('reporter');
    expect((await lease('restarted')).entries).toEqual([]);
    const done = await ask<Settled>('restarted/ack', { leaseId });
    expect(done.body.items).toEqual(entries.map(({ eventId }) => ({ eventId, state: 'done' })));
  });

  it.each([
    ['Big/lease', {}, 400, 'invalid-path', '/params/name'],
    ['x/lease', { limit: 0 }, 400, 'invalid-body', '/body/limit'],
    ['x/lease', { limit: null }, 400, 'invalid-body', '/body/limit'],
    ['x/lease', { seconds: 4_000 }, 400, 'invalid-body', '/body/seconds'],
    ['x/lease', { waitSeconds: '1' }, 400, 'invalid-body', '/body/waitSeconds'],
    ['x/lease', { types: ['Pardoned'] }, 400, 'invalid-body', '/body/types'],
    ['x/lease', { after: 'yesterday' }, 400, 'invalid-position', '/body/after'],
    ['x/ack', {}, 400, 'invalid-body', '/body/leaseId'],
    ['x/ack', { eventIds: [] }, 400, 'invalid-body', '/body/eventIds'],
    ['x/retry', { leaseId: 'x' }, 400, 'invalid-body', '/body/leaseId'],
    ['x/park', { leaseId: NOBODY, code: 'Not A Code' }, 400, 'invalid-body', '/body/code'],
    ['x/park', { eventIds: [NOBODY], code: 'why' }, 400, 'invalid-body', '/body/leaseId'],
    ['daily/lease', { types: ['Arrested'] }, 409, 'consumer-differs', '/body/types'],
    ['x/ack', { leaseId: NOBODY }, 404, 'unknown-consumer', undefined],
    ['daily/ack', { leaseId: NOBODY }, 404, 'unknown-lease', undefined],
  ])('refuse %s with %j', async (path, body, status, code, pointer) => {
    const reply = await ask<Problem>(path, body);
    expect([reply.status, reply.body.code, reply.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
    expect((await ask('x', undefined, 'GET')).status).toBe(404);
  });

  it.each(['caseworker', 'auditor', 'admin'] as const)('are not for a %s', async (role) => {
    for (const action of ['lease', 'ack', 'retry', 'park']) {
      const reply = await service.request('POST', `/v1/consumers/daily/${action}`, {
        body: {},
        key: await service.keyFor(role),
      });
      expect(reply.status).toBe(403);
    }
  });
});
