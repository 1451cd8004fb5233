import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FixedClock } from '../../test/support/fixed-clock.js';
import type { Config } from '../config.js';
import { AccessDatabase } from './access-database.js';
import { ApiKeys } from './api-keys.js';
import { KeyDigest } from './key-digest.js';
import { MasterKey } from './master-key.js';
import { Principals } from './principals.js';

let folder: string;
let clock: FixedClock;
const opened: AccessDatabase[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-access-'));
  clock = new FixedClock();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
  rmSync(folder, { recursive: true });
});

async function openAccess(
  masterKey = Buffer.alloc(32, 1),
): Promise<{ principals: Principals; keys: ApiKeys; digest: KeyDigest }> {
  const digest = new KeyDigest(new MasterKey(masterKey));
  const database = new AccessDatabase({ dataDir: join(folder, 'data') } as Config, digest);
  opened.push(database);
  await database.open();
  return { principals: new Principals(database, clock), keys: new ApiKeys(database, digest, clock), digest };
}

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
    await expect(keys.issue('nobody')).rejects.toMatchObject({ kind: 'semantic', code: 'unknown-principal' });
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
    await expect(keys.revoke('none')).rejects.toMatchObject({ kind: 'absent' });
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
