import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { receiver, ReceivedEvents, type ToldEvent } from '../../examples/webhook-receiver.js';
import type { WebhookEntry } from '../../src/reports/webhooks/webhooks.js';
import { Caseworker, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { startService, type Service } from '../support/service.js';

const NOBODY = 'a0000000-0000-4000-8000-000000000009';

interface Made {
  webhookId: string;
  secretId: string;
  secret: string;
}

describe('webhooks over HTTP', () => {
  let folder: string;
  let service: Service;
  let caseworker: Caseworker;
  let listening: { server: Server; events: ReceivedEvents; url: string };
  /** What the receiver knows; it looks again each time. */
  const secrets: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-webhooks-'));
    service = await startService({ folder });
    caseworker = await Caseworker.of(service);
    const events = new ReceivedEvents(join(folder, 'events.ndjson'));
    const server = receiver(events, secrets).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/token-7`;
    listening = { server, events, url };
  });
  afterAll(async () => {
    await service.close();
    listening.server.closeAllConnections();
    listening.server.close();
    listening.events.close();
    rmSync(folder, { recursive: true });
  });

  const ask = <T>(method: string, path: string, body?: unknown) =>
    service.request<T>(method, `/v1/webhooks${path}`, { ...(body !== undefined && { body }) });
  const list = async (): Promise<WebhookEntry[]> =>
    (await ask<{ items: WebhookEntry[] }>('GET', '')).body.items;
  const make = async (body: object): Promise<Made> => {
    const reply = await ask<Made>('POST', '', body);
    expect(reply.status).toBe(201);
    return reply.body;
  };
  const received = (): ToldEvent[] =>
    readFileSync(join(folder, 'events.ndjson'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as ToldEvent);

  it('are told what is recorded: signed, in order, and not a word of what it says', async () => {
    const { webhookId, secret, ...rest } = await make({ url: listening.url, label: 'Alena’s desk' });
    expect(Object.keys(rest)).toEqual(['secretId']);
    secrets.push(secret);
    const { caseId, position } = await caseworker.openServing('Dzmitry Kazlou');
    await eventually(() => received().length === 4);
    const history = await caseworker.history(caseId);
    expect(received()).toEqual(
      history.map(({ eventId, type, recordedAt }) => ({
        eventId,
        caseId,
        type,
        recordedAt,
        position: expect.any(String),
      })),
    );
    expect(received().at(-1)?.position).toBe(position);
    await eventually(async () => expect((await list())[0]?.deliveredAt).not.toBeNull());
    const [state] = await list();
    expect(state).toEqual({
      webhookId,
      url: listening.url,
      label: 'Alena’s desk',
      types: null,
      createdAt: expect.any(String),
      position,
      outstanding: { waiting: 0, leased: 0, parked: 0 },
      deliveredAt: expect.any(String),
      failingSince: null,
      failure: null,
      goneAt: null,
      secrets: [{ secretId: rest.secretId, createdAt: expect.any(String), until: null }],
    });
    expect(JSON.stringify(state)).not.toContain(secret);
    const metrics = await service.request('GET', '/metrics');
    expect(metrics.text).toMatch(/^habeas_webhook_tries_total\{outcome="delivered"\} [1-9]/m);
    expect(metrics.text).toMatch(/^habeas_webhooks_failing 0$/m);
    expect(metrics.text).toMatch(/^habeas_webhook_events_parked 0$/m);
    expect(JSON.stringify(service.log)).not.toMatch(/token-7|Alena/);
  });

  it('go on after a restart, with the secret that they had', async () => {
    await service.close();
    service = await startService({ folder });
    caseworker = await Caseworker.of(service);
    const { caseId } = await caseworker.openServing();
    await eventually(() => received().filter((event) => event.caseId === caseId).length === 4);
    expect((await list())[0]).toMatchObject({ label: 'Alena’s desk', failure: null });
  });

  it('can be told another secret before the old one ends', async () => {
    const [{ webhookId } = { webhookId: '' }] = await list();
    const next = await ask<Omit<Made, 'webhookId'>>('POST', `/${webhookId}/secrets`, { overlapSeconds: 600 });
    expect([next.status, Object.keys(next.body).toSorted()]).toEqual([201, ['secret', 'secretId']]);
    const [{ secrets: inForce } = { secrets: [] }] = await list();
    expect(inForce.map(({ until }) => until === null)).toEqual([true, false]);
    // A receiver that has only the new one by now.
    secrets.splice(0, secrets.length, next.body.secret);
    const { caseId } = await caseworker.openServing();
    await eventually(() => received().filter((event) => event.caseId === caseId).length === 4);
  });

  it('are told nothing more once they are deleted', async () => {
    const [{ webhookId } = { webhookId: '' }] = await list();
    expect((await ask('DELETE', `/${webhookId}`)).status).toBe(204);
    expect(await list()).toEqual([]);
    const reply = await ask<Refused>('DELETE', `/${webhookId}`);
    expect([reply.status, reply.body.code]).toEqual([404, 'webhook-not-found']);
    const before = received().length;
    const { webhookId: other } = await make({ url: listening.url, types: ['CaseOpened'] });
    const { caseId } = await caseworker.openServing();
    // Of the new one the receiver knows no secret.
    await eventually(async () => expect((await list())[0]?.failure).toBe('status-401'));
    expect(received()).toHaveLength(before);
    expect((await list())[0]?.outstanding).toEqual({ waiting: 1, leased: 0, parked: 0 });
    expect((await ask('GET', `/${other}/parked`)).body).toEqual({ items: [] });
    expect((await ask('POST', `/${other}/parked/retry`, {})).body).toEqual({ messageIds: [] });
    expect(caseId).toEqual(expect.any(String));
    await ask('DELETE', `/${other}`);
  });

  it.each([
    ['', {}, 400, 'invalid-body', '/body/url'],
    ['', { url: '' }, 400, 'invalid-body', '/body/url'],
    ['', { url: 'https://x.example', types: [] }, 400, 'invalid-body', '/body/types'],
    ['', { url: 'https://x.example', types: ['Pardoned'] }, 400, 'invalid-body', '/body/types'],
    ['', { url: 'https://x.example', label: '' }, 400, 'invalid-body', '/body/label'],
    ['', { url: 'https://x.example', label: null }, 400, 'invalid-body', '/body/label'],
    ['', { url: 'https://x.example', secret: 'mine' }, 400, 'invalid-body', '/body/secret'],
    ['', { url: 'http://x.example' }, 422, 'webhook-url-refused', '/body/url'],
    ['', { url: 'https://a:b@x.example' }, 422, 'webhook-url-refused', '/body/url'],
    ['', { url: 'x.example' }, 422, 'webhook-url-refused', '/body/url'],
    [`/${NOBODY}/secrets`, {}, 404, 'webhook-not-found', undefined],
    [`/${NOBODY}/secrets`, { overlapSeconds: 700_000 }, 400, 'invalid-body', '/body/overlapSeconds'],
    [`/${NOBODY}/parked/retry`, {}, 404, 'webhook-not-found', undefined],
    [`/${NOBODY}/parked/retry`, { messageIds: [] }, 400, 'invalid-body', '/body/messageIds'],
    ['/x/secrets', {}, 400, 'invalid-path', '/params/webhookId'],
  ])('refuse %s with %j', async (path, body, status, code, pointer) => {
    const reply = await ask<Refused>('POST', path, body);
    expect([reply.status, reply.body.code, reply.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
    expect(await list()).toEqual([]);
  });

  it.each(['caseworker', 'auditor', 'reporter'] as const)('are not for a %s', async (role) => {
    const key = await service.keyFor(role);
    const doors = [
      ['POST', ''],
      ['GET', ''],
      ['DELETE', `/${NOBODY}`],
      ['POST', `/${NOBODY}/secrets`],
      ['GET', `/${NOBODY}/parked`],
      ['POST', `/${NOBODY}/parked/retry`],
    ] as const;
    for (const [method, path] of doors) {
      const body = method === 'POST' ? { body: {} } : {};
      expect((await service.request(method, `/v1/webhooks${path}`, { key, ...body })).status).toBe(403);
    }
  });
});
