import { readFile, stat, writeFile } from 'node:fs/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RouteTable } from '../../src/http/route-table.js';
import { mintApiKey } from '../../src/security/api-key.js';
import type { Role } from '../../src/security/roles.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

const SOME_ID = '018f5a3e-0000-7000-8000-000000000000';

interface IssuedKey {
  keyId: string;
  key: string;
}

const keyWith = async (service: Service, roles: readonly Role[], expires?: string): Promise<IssuedKey> => {
  const principal = await service.request<{ principalId: string }>('POST', '/v1/principals', {
    body: { label: 'desk', roles },
  });
  expect(principal.status).toBe(201);
  const { principalId } = principal.body;
  const issued = await service.request<IssuedKey>('POST', '/v1/keys', { body: { principalId, expires } });
  expect(issued.status).toBe(201);
  return issued.body;
};

describe('who may do what', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  /** Reads the policy from the table of routes, so that no route of any feature is left out. */
  const guarded = (): { method: string; path: string; roles: readonly string[] }[] =>
    service.app
      .get(RouteTable)
      .routes.flatMap(({ method, path, rules: { policy } }) =>
        policy?.access === 'roles'
          ? [{ method, path: path.replaceAll(/:\w+/g, SOME_ID), roles: policy.roles }]
          : [],
      );

  it('every route below /v1 asks for a credential', async () => {
    const open = service.app.get(RouteTable).routes.filter(({ rules }) => rules.policy?.access === 'public');
    expect(open.filter(({ path }) => path.startsWith('/v1'))).toEqual([]);
    for (const { method, path } of guarded()) {
      const reply = await service.request(method, path, { key: null });
      expect([method, path, reply.status, reply.headers.get('www-authenticate')]).toEqual([
        method,
        path,
        401,
        'Bearer realm="habeas"',
      ]);
    }
  });

  it.each([
    ['POST', '/v1/principals'],
    ['GET', '/v1/principals'],
    ['POST', '/v1/keys'],
    ['GET', '/v1/keys'],
    ['DELETE', `/v1/keys/${SOME_ID}`],
    ['DELETE', `/v1/principals/${SOME_ID}`],
  ])('%s %s is for admins alone', (method, path) => {
    expect(guarded()).toContainEqual({ method, path, roles: ['admin'] });
  });

  it('a caller without a good key is told so before anything is read of what he sent', async () => {
    for (const key of [null, 'nonsense', mintApiKey().text, `${service.adminKey.slice(0, -1)}~`]) {
      const reply = await service.request('POST', '/v1/principals', { key, body: '{"broken' });
      expect(problemIn(reply).status).toBe(401);
    }
  });
});

describe('an API key', () => {
  let service: Service;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.close());

  it('works from the moment it is made until it is revoked, and is shown once', async () => {
    const { keyId, key } = await keyWith(service, ['admin']);
    expect((await service.request('GET', '/v1/keys', { key })).status).toBe(200);
    const list = () =>
      service.request<{ items: { keyId: string; lastUsed: string | null }[] }>('GET', '/v1/keys');
    expect((await list()).text).not.toContain(key.slice(-43));
    // Its use is noted down while the answer is on its way.
    await eventually(async () => {
      const { items } = (await list()).body;
      expect(items.find((one) => one.keyId === keyId)?.lastUsed).toEqual(expect.any(String));
    });

    expect((await service.request('DELETE', `/v1/keys/${keyId}`)).status).toBe(204);
    const refused = await service.request('GET', '/v1/keys', { key });
    expect(problemIn(refused)).toMatchObject({ status: 401, code: 'credential-invalid' });
    expect((await service.request('DELETE', `/v1/keys/${keyId}`)).status).toBe(204);
  });

  it('is refused from its expiry on', async () => {
    const clock = new FixedClock('2020-01-27T10:00:00.000Z');
    const timed = await startService({ clock });
    try {
      const { key } = await keyWith(timed, ['admin'], '2020-01-27T13:00:10+03:00');
      clock.forward(9);
      expect((await timed.request('GET', '/v1/keys', { key })).status).toBe(200);
      clock.forward(1);
      expect((await timed.request('GET', '/v1/keys', { key })).status).toBe(401);
    } finally {
      await timed.close();
    }
  });

  it.each([
    [{ principalId: 'nobody' }, 400, '/body/principalId'],
    [{ principalId: SOME_ID }, 422, '/body/principalId'],
    [{ principalId: SOME_ID, expires: 'tomorrow' }, 400, '/body/expires'],
    [{ principalId: SOME_ID, expires: '2020-02-30T00:00:00Z' }, 400, '/body/expires'],
    [{ principalId: SOME_ID, expires: null }, 400, '/body/expires'],
  ])('is not made of %j', async (body, status, pointer) => {
    const before = await service.request('GET', '/v1/keys');
    const problem = problemIn(await service.request('POST', '/v1/keys', { body }));
    expect(problem).toMatchObject({ status, errors: [{ pointer }] });
    expect((await service.request('GET', '/v1/keys')).text).toBe(before.text);
  });

  it('is not revoked if it is the last that lets an admin in', async () => {
    const own = service.adminKey.split('_')[1] ?? '';
    expect(problemIn(await service.request('DELETE', `/v1/keys/${own}`))).toMatchObject({
      status: 409,
      code: 'last-admin-key',
    });
    expect((await service.request('GET', '/v1/keys')).status).toBe(200);
  });

  it('is not ended with its principal, either, if it is the last that lets an admin in', async () => {
    interface Entry {
      keyId: string;
      principalId: string;
    }
    const { items } = (await service.request<{ items: Entry[] }>('GET', '/v1/keys')).body;
    const own = items.find(({ keyId }) => keyId === service.adminKey.split('_')[1]);
    const before = await service.request('GET', '/v1/principals');
    const refused = await service.request('DELETE', `/v1/principals/${own?.principalId}`);
    expect(problemIn(refused)).toMatchObject({ status: 409, code: 'last-admin-key' });
    expect((await service.request('GET', '/v1/principals')).text).toBe(before.text);
  });
});

describe('the first start', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'habeas-first-'));
  });
  // What a start that failed was still opening is closed behind it.
  afterEach(() => rm(folder, { recursive: true, maxRetries: 10 }));

  it('leaves the first key where only the owner finds it; later starts make none, and all keys live on', async () => {
    const first = await startService({ folder });
    const file = join(folder, 'data', 'first-admin-key');
    expect((await readFile(file, 'utf8')).trim()).toBe(first.adminKey);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const { key } = await keyWith(first, ['admin']);
    const revoked = await keyWith(first, ['admin']);
    await first.request('DELETE', `/v1/keys/${revoked.keyId}`);
    await rm(file);
    await first.close();

    const second = await startService({ folder });
    await expect(stat(file)).rejects.toMatchObject({ code: 'ENOENT' });
    for (const [known, status] of [
      [first.adminKey, 200],
      [key, 200],
      [revoked.key, 401],
    ] as const) {
      expect((await second.request('GET', '/v1/keys', { key: known })).status).toBe(status);
    }
    await second.close();
  });

  it('takes the first key from a file instead, and keeps no copy of it', async () => {
    const { text } = mintApiKey();
    const keyFile = join(folder, 'admin.key');
    await writeFile(keyFile, `${text}\n`, { mode: 0o600 });
    const service = await startService({ folder, env: { HABEAS_ADMIN_KEY_FILE: keyFile } });
    expect((await service.request('GET', '/v1/keys', { key: text })).status).toBe(200);
    await expect(stat(join(folder, 'data', 'first-admin-key'))).rejects.toMatchObject({ code: 'ENOENT' });
    await service.close();
  });

  it('with another master key than the data was made with is no start at all', async () => {
    await (await startService({ folder })).close();
    await writeFile(join(folder, 'other.key'), Buffer.alloc(32, 7), { mode: 0o600 });
    const env = { HABEAS_MASTER_KEY_FILE: join(folder, 'other.key') };
    await expect(startService({ folder, env })).rejects.toMatchObject({ name: 'StartRefused' });
  });
});
