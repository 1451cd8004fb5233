import type { FastifyRequest } from 'fastify';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { HabeasError } from '../errors.js';
import type { Policy } from '../http/route-rules.js';
import { mintApiKey } from './api-key.js';
import type { ApiKeys, KnownKey } from './api-keys.js';
import { Authentication } from './authentication.js';
import { Credentials } from './credentials.js';
import { KeyDigest } from './key-digest.js';
import { ServiceKey } from '../keys/service-key.js';
import type { FailedCredentials } from './limits/failed-credentials.js';
import type { RequestRate } from './limits/request-rate.js';
import type { AccessTokens } from './oidc/access-tokens.js';
import type { Identity, Principals } from './principals.js';
import type { Principal } from './roles.js';

const clock = new FixedClock('2020-01-27T10:00:00.000Z');
const digest = new KeyDigest(new ServiceKey(Buffer.alloc(32)));
const key = mintApiKey();

/** A directory of one key. */
class OneKey {
  readonly uses: string[] = [];

  constructor(private readonly facts: Partial<KnownKey> = {}) {}

  async find(keyId: string): Promise<KnownKey | undefined> {
    if (keyId !== key.keyId) return undefined;
    const dates = { createdAt: '', expires: null, lastUsed: null, revoked: null, ended: null };
    return {
      keyId,
      principalId: 'p',
      ...dates,
      digest: digest.of(key.text),
      roles: ['auditor'],
      ...this.facts,
    };
  }

  async noteUse(): Promise<void> {
    this.uses.push(clock.now().toISOString());
  }
}

const REPORTER = { issuer: 'https://id.example', subject: 'r' };

/** Takes one token, and takes none while the issuer cannot be reached. */
class OneToken {
  unreachable = false;

  async identityIn(token: string): Promise<Identity | undefined> {
    if (this.unreachable) throw new HabeasError('unavailable', 'issuer-unreachable', 'away');
    return token === 'a.good.token' ? REPORTER : undefined;
  }
}

/** Everybody with an identity here. */
class OneIdentity {
  roles: Principal['roles'] = ['reporter'];

  async of(identity: Identity): Promise<Principal | undefined> {
    return identity === REPORTER ? { principalId: 'r', roles: this.roles } : undefined;
  }
}

/** Notes the failures that it is told of. */
class Failures {
  readonly held: [address: string, keyId: string | undefined][] = [];

  async hold(address: string, keyId: string | undefined): Promise<void> {
    this.held.push([address, keyId]);
  }
}

class Rate {
  readonly spent: string[] = [];

  async spend(principalId: string): Promise<void> {
    this.spent.push(principalId);
  }
}

const request = (authorization?: string, policy?: Policy): FastifyRequest =>
  ({
    headers: { authorization, cookie: `Authorization=Bearer ${key.text}` },
    ip: '192.0.2.1',
    routeOptions: { config: { policy } },
    principal: null,
    principalId: null,
  }) as never;
const forAuditors: Policy = { access: 'roles', roles: ['caseworker', 'auditor'] };
const forReporters: Policy = { access: 'roles', roles: ['reporter'] };

let failures: Failures;
let rate: Rate;
let tokens: OneToken;
let identities: OneIdentity;
beforeEach(() => {
  [failures, rate, tokens, identities] = [new Failures(), new Rate(), new OneToken(), new OneIdentity()];
});

const door = (keys = new OneKey()): Authentication =>
  new Authentication(
    new Credentials(
      keys as unknown as ApiKeys,
      digest,
      tokens as unknown as AccessTokens,
      identities as unknown as Principals,
      clock,
    ),
    failures as unknown as FailedCredentials,
    rate as unknown as RequestRate,
  );

describe('the door', () => {
  it('lets in who has one of the roles, and tells who it is', async () => {
    const asked = request(`Bearer ${key.text}`, forAuditors);
    await door().admit(asked);
    expect(asked.principal).toEqual({ principalId: 'p', roles: ['auditor'] });
    expect(asked.principalId).toBe('p');
  });

  it('lets anyone through to what is public', async () => {
    await expect(door().admit(request(undefined, { access: 'public' }))).resolves.toBeUndefined();
  });

  it('keeps out who has none of the roles, but notes who it was', async () => {
    const asked = request(`Bearer ${key.text}`, { access: 'roles', roles: ['admin'] });
    await expect(door().admit(asked)).rejects.toMatchObject({ kind: 'forbidden', code: 'role-missing' });
    expect(asked.principalId).toBe('p');
  });

  it('keeps everyone out of a route without a policy', async () => {
    await expect(door().admit(request(`Bearer ${key.text}`))).rejects.toMatchObject({ kind: 'forbidden' });
  });

  it.each([
    undefined,
    '',
    key.text,
    `Basic ${key.text}`,
    'Bearer',
    'Bearer x',
    `Bearer ${mintApiKey().text}`,
    `Bearer ${key.text}x`,
    `Bearer hb_${key.keyId}_${'x'.repeat(43)}`,
  ])('does not know %p', async (authorization) => {
    const asked = request(authorization, forAuditors);
    await expect(door().admit(asked)).rejects.toMatchObject({ kind: 'unauthenticated' });
    expect(asked.principal).toBeNull();
    expect(rate.spent).toEqual([]);
  });

  it('holds back the refusal of a bad credential, for its network and for the key that it claims to be', async () => {
    for (const claimed of [`hb_${key.keyId}_${'x'.repeat(43)}`, mintApiKey().text, 'no.good.token']) {
      await expect(door().admit(request(`Bearer ${claimed}`, forAuditors))).rejects.toMatchObject({
        code: 'credential-invalid',
      });
    }
    expect(failures.held).toEqual([
      ['192.0.2.1', key.keyId],
      ['192.0.2.1', undefined],
      ['192.0.2.1', undefined],
    ]);
  });

  it('holds nobody back who is let in, nor who shows nothing', async () => {
    await door().admit(request(`Bearer ${key.text}`, forAuditors));
    await expect(door().admit(request(undefined, forAuditors))).rejects.toMatchObject({
      code: 'credential-missing',
    });
    expect(failures.held).toEqual([]);
  });

  it('lets in whom a token names, with the roles of this moment', async () => {
    const one = door();
    const asked = request('Bearer a.good.token', forReporters);
    await one.admit(asked);
    expect(asked.principal).toEqual({ principalId: 'r', roles: ['reporter'] });
    identities.roles = ['auditor'];
    await expect(one.admit(asked)).rejects.toMatchObject({ code: 'role-missing' });
  });

  it('does not guess about a token that cannot be judged, nor count it as a failure', async () => {
    tokens.unreachable = true;
    const asked = request('Bearer a.good.token', forReporters);
    await expect(door().admit(asked)).rejects.toMatchObject({ code: 'issuer-unreachable' });
    expect(await door().wouldAdmit(asked)).toBe(false);
    expect([asked.principal, failures.held]).toEqual([null, []]);
  });

  it('counts every request of a principal, also one that is forbidden, and no look at whether it still may', async () => {
    const one = door();
    const asked = request(`Bearer ${key.text}`, forAuditors);
    await one.admit(asked);
    await expect(one.admit(request(`Bearer ${key.text}`, forReporters))).rejects.toBeDefined();
    expect(await one.wouldAdmit(asked)).toBe(true);
    expect(await one.wouldAdmit(request('Bearer x', forAuditors))).toBe(false);
    expect(await one.wouldAdmit(request(`Bearer ${key.text}`, forReporters))).toBe(false);
    expect(rate.spent).toEqual(['p', 'p']);
    expect(failures.held).toEqual([]);
  });

  it.each([
    { revoked: '2020-01-27T09:59:59.999Z' },
    { ended: '2020-01-27T09:59:59.999Z' },
    { expires: '2020-01-27T10:00:00.000Z' },
  ])('does not take a key that is %p', async (facts) => {
    const keys = new OneKey(facts);
    await expect(door(keys).admit(request(`Bearer ${key.text}`, forAuditors))).rejects.toMatchObject({
      code: 'credential-invalid',
    });
    expect(keys.uses).toEqual([]);
  });

  it('notes the use of a key once a minute', async () => {
    const keys = new OneKey({ expires: '2021-01-01T00:00:00.000Z' });
    const one = door(keys);
    for (const seconds of [0, 30, 29, 1, 60]) {
      clock.forward(seconds);
      await one.admit(request(`Bearer ${key.text}`, forAuditors));
    }
    expect(keys.uses).toHaveLength(3);
  });
});
