import type { FastifyRequest } from 'fastify';
import { describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import type { Policy } from '../http/route-rules.js';
import { mintApiKey } from './api-key.js';
import type { ApiKeys, KnownKey } from './api-keys.js';
import { Authentication } from './authentication.js';
import { KeyDigest } from './key-digest.js';
import { ServiceKey } from '../keys/service-key.js';

const clock = new FixedClock('2020-01-27T10:00:00.000Z');
const digest = new KeyDigest(new ServiceKey(Buffer.alloc(32)));
const key = mintApiKey();

/** A directory of one key. */
class OneKey {
  readonly uses: string[] = [];

  constructor(private readonly facts: Partial<KnownKey> = {}) {}

  async find(keyId: string): Promise<KnownKey | undefined> {
    if (keyId !== key.keyId) return undefined;
    const dates = { createdAt: '', expires: null, lastUsed: null, revoked: null };
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

const request = (authorization?: string, policy?: Policy): FastifyRequest =>
  ({
    headers: { authorization },
    routeOptions: { config: { policy } },
    principal: null,
    principalId: null,
  }) as never;
const forAuditors: Policy = { access: 'roles', roles: ['caseworker', 'auditor'] };
const door = (keys = new OneKey()): Authentication =>
  new Authentication(keys as unknown as ApiKeys, digest, clock);

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
  });

  it.each([{ revoked: '2020-01-27T09:59:59.999Z' }, { expires: '2020-01-27T10:00:00.000Z' }])(
    'does not take a key that is %p',
    async (facts) => {
      const keys = new OneKey(facts);
      await expect(door(keys).admit(request(`Bearer ${key.text}`, forAuditors))).rejects.toMatchObject({
        code: 'credential-invalid',
      });
      expect(keys.uses).toEqual([]);
    },
  );

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
