import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/security/roles.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { Issuer } from '../support/issuer.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

let clock: FixedClock;
let issuer: Issuer;
let service: Service;
beforeAll(async () => {
  clock = new FixedClock();
  issuer = await Issuer.start(clock);
  service = await startService({ clock, env: issuer.env });
});
afterAll(async () => {
  await service.close();
  await issuer.goAway();
});

interface PrincipalEntry {
  principalId: string;
  oidc: object | null;
  ended: string | null;
}

const register = (subject: string, roles: readonly Role[], named = issuer.name) =>
  service.request<PrincipalEntry>('POST', '/v1/principals', {
    body: { label: subject, roles, oidc: { issuer: named, subject } },
  });

const principals = async (): Promise<PrincipalEntry[]> =>
  (await service.request<{ items: PrincipalEntry[] }>('GET', '/v1/principals')).body.items;

const asked = async (key: string) => {
  const reply = await service.request('GET', '/v1/keys', { key });
  return { status: reply.status, code: reply.status === 200 ? undefined : problemIn(reply).code };
};

const TAKEN = { status: 200, code: undefined };
const INVALID = { status: 401, code: 'credential-invalid' };

describe('an access token', () => {
  it('lets in whom our own store knows, with the roles it has there', async () => {
    await register('alena', ['admin']);
    await register('ihar', ['reporter']);
    const claims = { payload: { roles: ['admin'], scope: 'admin' } };
    expect(await asked(await issuer.token('alena'))).toEqual(TAKEN);
    expect(await asked(await issuer.token('ihar', claims))).toEqual({ status: 403, code: 'role-missing' });
    expect(await asked(await issuer.token('nobody', claims))).toEqual(INVALID);
  });

  it('opens nothing from the moment its principal has ended', async () => {
    const { principalId } = (await register('maryna', ['admin'])).body;
    const { body } = await service.request<{ key: string }>('POST', '/v1/keys', { body: { principalId } });
    const token = await issuer.token('maryna');
    expect([await asked(token), await asked(body.key)]).toEqual([TAKEN, TAKEN]);
    expect((await service.request('DELETE', `/v1/principals/${principalId}`)).status).toBe(204);
    expect([await asked(token), await asked(body.key)]).toEqual([INVALID, INVALID]);
    expect((await service.request('DELETE', `/v1/principals/${principalId}`)).status).toBe(204);
    expect(await principals()).toContainEqual(
      expect.objectContaining({ principalId, ended: clock.now().toISOString() }),
    );
  });

  it('is refused from its expiry on, by the clock of the service', async () => {
    await register('tania', ['admin']);
    const token = await issuer.token('tania');
    clock.forward(309);
    expect(await asked(token)).toEqual(TAKEN);
    clock.forward(1);
    expect(await asked(token)).toEqual(INVALID);
  });

  it('is neither taken nor refused while nobody can say who signed it', async () => {
    await register('alies', ['admin']);
    const token = await issuer.token('alies', {}, await issuer.newKey({ publish: false }));
    expect(await asked(token)).toEqual(INVALID);
    await issuer.goAway();
    const reply = await eventually(async () => {
      const refused = await service.request('GET', '/v1/keys', { key: token });
      expect(refused.status).toBe(503);
      return refused;
    });
    expect(problemIn(reply).code).toBe('issuer-unreachable');
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(await asked(service.adminKey)).toEqual(TAKEN);
    await issuer.comeBack();
    await eventually(async () => expect(await asked(token)).toEqual(INVALID));
  });

  it('leaves nothing of itself in a log or an answer, nor does a bad one', async () => {
    await register('uladzimir', ['admin']);
    const token = await issuer.token('uladzimir');
    const parts = [...token.split('.'), 'uladzimir', issuer.name];
    const answers = [
      await service.request('GET', '/v1/nothing', { key: token }),
      await service.request('GET', '/v1/cases', { key: token }),
      await service.request('GET', '/v1/keys', { key: `${token.slice(0, -8)}AAAAAAAA` }),
      await service.request('GET', '/v1/keys', {
        key: await issuer.token('uladzimir', { payload: { aud: 'x' } }),
      }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 403, 401, 401]);
    const written = JSON.stringify([service.log, answers.map(({ text }) => text)]);
    for (const part of parts) expect(written).not.toContain(part);
  });
});

describe('an identity', () => {
  it('belongs to one principal', async () => {
    await register('volha', ['admin']);
    const before = await principals();
    const again = await register('volha', ['caseworker']);
    expect(problemIn(again)).toMatchObject({ status: 409, code: 'identity-taken' });
    expect(await principals()).toEqual(before);
  });

  it('is one of the issuer that is configured', async () => {
    const before = await principals();
    expect(problemIn(await register('alena', ['admin'], 'https://other.example'))).toMatchObject({
      status: 422,
      code: 'unknown-issuer',
      errors: [{ pointer: '/body/oidc/issuer' }],
    });
    expect(await principals()).toEqual(before);
  });

  it.each([
    [null, '/body/oidc'],
    [[], '/body/oidc'],
    ['alena', '/body/oidc'],
    [{ issuer: 'https://id.example' }, '/body/oidc/subject'],
    [{ issuer: 'https://id.example', subject: '' }, '/body/oidc/subject'],
    [{ issuer: 'https://id.example', subject: 'x'.repeat(256) }, '/body/oidc/subject'],
    [{ issuer: 'https://id.example', subject: 'a\tb' }, '/body/oidc/subject'],
    [{ issuer: 'https://id.example', subject: 'a', role: 'admin' }, '/body/oidc/role'],
  ])('is not %j', async (oidc, pointer) => {
    const before = await principals();
    const body = { label: 'desk', roles: ['auditor'], oidc };
    const problem = problemIn(await service.request('POST', '/v1/principals', { body }));
    expect(problem.status).toBe(400);
    expect(new Set(problem.errors?.map((error) => error.pointer))).toEqual(new Set([pointer]));
    expect(await principals()).toEqual(before);
  });
});

it.each([
  ['018f5a3e-0000-7000-8000-000000000000', 404, 'principal-not-found'],
  ['nobody', 400, 'invalid-path'],
])('the principal %s cannot be ended', async (principalId, status, code) => {
  const reply = await service.request('DELETE', `/v1/principals/${principalId}`);
  expect(problemIn(reply)).toMatchObject({ status, code });
});
