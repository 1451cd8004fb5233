import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import {
  ACCESS_PLACES,
  freshAccessFile,
  freshAccessSchema,
  type AccessPlace,
} from '../../test/support/access-places.js';
import { parseApiKey } from './api-key.js';
import { ApiKeys } from './api-keys.js';
import { FirstAdminKey } from './first-admin.js';
import type { KeyDigest } from './key-digest.js';
import { Principals } from './principals.js';

let clock: FixedClock;
let place: AccessPlace;

/** What a process has of the access data. */
async function openAccess(
  masterKey?: Buffer,
): Promise<{ principals: Principals; keys: ApiKeys; digest: KeyDigest }> {
  const { database, digest, labels } = await place.open(masterKey);
  return {
    principals: new Principals(database, labels, clock),
    keys: new ApiKeys(database, digest, clock),
    digest,
  };
}

describe.each(ACCESS_PLACES)('access data on %s', (_, fresh) => {
  beforeEach(async () => {
    place = await fresh();
    clock = new FixedClock();
  });
  afterEach(() => place.remove());

  describe('a key', () => {
    it('is known again, with the roles of its principal, and only as a digest', async () => {
      const { principals, keys, digest } = await openAccess();
      const { principalId } = await principals.add('desk', ['auditor', 'reporter', 'auditor']);
      const key = await keys.issue(principalId);
      const known = await keys.find(key.keyId);
      expect(known).toMatchObject({
        principalId,
        roles: ['auditor', 'reporter'],
        revoked: null,
        expires: null,
        lastUsed: null,
      });
      expect(digest.matches(key.text, known?.digest ?? Buffer.alloc(32))).toBe(true);
      expect(digest.matches(`${key.text.slice(0, -1)}_`, known?.digest ?? Buffer.alloc(32))).toBe(false);
      expect(await keys.find('another')).toBeUndefined();
      expect(JSON.stringify(await keys.list())).not.toContain(key.text);
    });

    it('is not issued to nobody, and then nothing is written', async () => {
      const { keys } = await openAccess();
      await expect(keys.issue('nobody')).rejects.toMatchObject({
        kind: 'semantic',
        code: 'unknown-principal',
      });
      expect(await keys.list()).toEqual([]);
    });

    it('is not issued with an expiry that has passed: it would open nothing', async () => {
      const { principals, keys } = await openAccess();
      const { principalId } = await principals.add('desk', ['caseworker']);
      await expect(keys.issue(principalId, '2020-01-27T10:00:00.000Z')).rejects.toMatchObject({
        kind: 'semantic',
        code: 'expired-already',
        details: { errors: [{ pointer: '/body/expires', message: 'has passed' }] },
      });
      expect(await keys.list()).toEqual([]);
    });

    it('revoked by another process is revoked here at once, and stays so', async () => {
      const { principals, keys } = await openAccess();
      const { keyId } = await keys.issue((await principals.add('desk', ['caseworker'])).principalId);
      const elsewhere = await openAccess();
      expect(await keys.find(keyId)).toMatchObject({ revoked: null });
      await elsewhere.keys.revoke(keyId);
      expect(await keys.find(keyId)).toMatchObject({ revoked: '2020-01-27T10:00:00.000Z' });
      clock.forward(60);
      await keys.revoke(keyId);
      expect(await keys.find(keyId)).toMatchObject({ revoked: '2020-01-27T10:00:00.000Z' });
    });

    it('that is not there cannot be revoked', async () => {
      const { keys } = await openAccess();
      for (const keyId of ['none', '', 'no\0ne', `x'; --`])
        await expect(keys.revoke(keyId)).rejects.toMatchObject({ kind: 'absent', code: 'unknown-key' });
    });
  });

  describe('the last working admin key', () => {
    it('is not revoked: an expired or revoked one beside it opens nothing', async () => {
      const { principals, keys } = await openAccess();
      const { principalId } = await principals.add('chief', ['admin']);
      await keys.issue((await principals.add('desk', ['caseworker'])).principalId);
      const expired = await keys.issue(principalId, '2020-01-27T10:00:01.000Z');
      clock.forward(1);
      const first = await keys.issue(principalId);
      const second = await keys.issue(principalId);
      await keys.revoke(first.keyId);
      await expect(keys.revoke(second.keyId)).rejects.toMatchObject({
        kind: 'refused',
        code: 'last-admin-key',
      });
      expect(await keys.find(second.keyId)).toMatchObject({ revoked: null });
      await keys.revoke(expired.keyId);
    });
  });

  it('data made under another master key is refused', async () => {
    await openAccess();
    await expect(openAccess(Buffer.alloc(32, 2))).rejects.toMatchObject({ name: 'StartRefused' });
  });
});

describe('access data that several processes change at once, on PostgreSQL', () => {
  beforeEach(async () => {
    place = await freshAccessSchema();
    clock = new FixedClock();
  });
  afterEach(() => place.remove());

  it('keeps one of the last two admin keys, whichever of them is asked for first', async () => {
    const [one, other] = [await openAccess(), await openAccess()];
    const { principalId } = await one.principals.add('chief', ['admin']);
    const [first, second] = [await one.keys.issue(principalId), await one.keys.issue(principalId)];
    const outcomes = await Promise.allSettled([
      one.keys.revoke(first.keyId),
      other.keys.revoke(second.keyId),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes).toContainEqual(
      expect.objectContaining({ reason: expect.objectContaining({ code: 'last-admin-key' }) }),
    );
    expect((await one.keys.list()).filter(({ revoked }) => revoked === null)).toHaveLength(1);
  });

  it('has one first admin, whoever was first, and every other process makes none', async () => {
    const admitted = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { database, digest, labels, config } = await place.open();
        const [principals, keys] = [
          new Principals(database, labels, clock),
          new ApiKeys(database, digest, clock),
        ];
        return new FirstAdminKey(config, database, principals, keys).admit();
      }),
    );
    const [first, ...others] = admitted.filter((one) => one !== undefined);
    expect(others).toEqual([]);
    const { keys, principals } = await openAccess();
    expect((await keys.list()).map(({ keyId }) => keyId)).toEqual([parseApiKey(first!.key)?.keyId]);
    expect(await principals.list()).toHaveLength(1);
  });
});

it('access data made before there was a record of migrations is taken as it is', async () => {
  place = await freshAccessFile();
  clock = new FixedClock();
  const file = new DatabaseSync(join(place.config.dataDir, 'access.db'));
  file.exec(`
    create table principal (principalId text primary key, label text not null, roles text not null, createdAt text not null) strict;
    create table apiKey (keyId text primary key, principalId text not null references principal, digest blob not null,
      createdAt text not null, expiresAt text, revokedAt text, lastUsedAt text) strict;
    create table pepperCheck (id integer primary key check (id = 1), digest blob not null) strict;
    insert into principal values ('p1', 'desk', '["caseworker"]', '2020-01-01T00:00:00.000Z');
    insert into apiKey values ('k1k1', 'p1', x'00', '2020-01-01T00:00:00.000Z', null, null, null)`);
  file.close();
  const { keys } = await openAccess();
  expect(await keys.find('k1k1')).toMatchObject({ principalId: 'p1', roles: ['caseworker'] });
  await place.remove();
});
