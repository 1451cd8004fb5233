import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCESS_PLACES, freshAccessSchema, type AccessPlace } from '../../test/support/access-places.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { ApiKeys } from './api-keys.js';
import { Principals } from './principals.js';

let clock: FixedClock;
let place: AccessPlace;
afterEach(() => place.remove());

/** What a process has of the access data. */
async function openAccess(): Promise<{ principals: Principals; keys: ApiKeys }> {
  const { database, digest, labels } = await place.open();
  return { principals: new Principals(database, labels, clock), keys: new ApiKeys(database, digest, clock) };
}

const ALENA = { issuer: 'https://id.example', subject: 'alena' };

describe.each(ACCESS_PLACES)('principals on %s', (_, fresh) => {
  beforeEach(async () => {
    place = await fresh();
    clock = new FixedClock('2020-01-27T10:00:00.000Z');
  });

  it('are known by their identity at the issuer, and by no other', async () => {
    const { principals } = await openAccess();
    const { principalId } = await principals.add('Alena', ['auditor'], { oidc: ALENA });
    await principals.add('desk', ['caseworker']);
    expect(await principals.of(ALENA)).toEqual({ principalId, roles: ['auditor'] });
    expect(await principals.of({ ...ALENA, subject: 'Alena' })).toBeUndefined();
    expect(await principals.of({ ...ALENA, issuer: 'https://other.example' })).toBeUndefined();
    expect((await principals.list()).map(({ oidc }) => oidc)).toEqual([ALENA, null]);
  });

  it('have an identity of their own: a second one of it is refused, and not written', async () => {
    const { principals } = await openAccess();
    await principals.add('Alena', ['auditor'], { oidc: ALENA });
    await expect(principals.add('Alena again', ['admin'], { oidc: ALENA })).rejects.toMatchObject({
      kind: 'refused',
      code: 'identity-taken',
    });
    expect(await principals.list()).toHaveLength(1);
  });

  it('that have ended open nothing any more, at any process, and stay in the list', async () => {
    const [here, elsewhere] = [await openAccess(), await openAccess()];
    const { principalId } = await here.principals.add('Alena', ['caseworker'], { oidc: ALENA });
    const { keyId } = await here.keys.issue(principalId);
    expect(await elsewhere.keys.find(keyId)).toMatchObject({ ended: null });
    await here.principals.end(principalId);
    expect(await elsewhere.keys.find(keyId)).toMatchObject({ ended: '2020-01-27T10:00:00.000Z' });
    expect(await elsewhere.principals.of(ALENA)).toBeUndefined();
    clock.forward(60);
    await elsewhere.principals.end(principalId);
    expect(await here.principals.list()).toMatchObject([{ principalId, ended: '2020-01-27T10:00:00.000Z' }]);
  });

  it('that have ended get no more keys, and who comes back is somebody else', async () => {
    const { principals, keys } = await openAccess();
    const { principalId } = await principals.add('Alena', ['caseworker'], { oidc: ALENA });
    await principals.end(principalId);
    await expect(keys.issue(principalId)).rejects.toMatchObject({
      kind: 'semantic',
      code: 'principal-ended',
    });
    expect(await keys.list()).toEqual([]);
    const again = await principals.add('Alena', ['reporter'], { oidc: ALENA });
    expect(await principals.of(ALENA)).toEqual({ principalId: again.principalId, roles: ['reporter'] });
  });

  it('that are not there cannot be ended', async () => {
    const { principals } = await openAccess();
    await expect(principals.end('018f5a3e-0000-7000-8000-000000000000')).rejects.toMatchObject({
      kind: 'absent',
      code: 'principal-not-found',
    });
  });

  it('with the last working admin key stay, however many keys that is', async () => {
    const { principals, keys } = await openAccess();
    const chief = await principals.add('chief', ['admin']);
    const second = await principals.add('second', ['admin']);
    const byToken = await principals.add('by token', ['admin'], { oidc: ALENA });
    const [one] = [await keys.issue(chief.principalId), await keys.issue(chief.principalId)];
    const other = await keys.issue(second.principalId);
    await principals.end(chief.principalId);
    for (const attempt of [() => principals.end(second.principalId), () => keys.revoke(other.keyId)]) {
      await expect(attempt()).rejects.toMatchObject({ kind: 'refused', code: 'last-admin-key' });
    }
    await principals.end(byToken.principalId);
    await keys.revoke(one.keyId);
    const working = (await principals.list()).filter(({ ended }) => ended === null);
    expect(working.map(({ label }) => label)).toEqual(['second']);
  });
});

describe('principals that several processes change at once, on PostgreSQL', () => {
  beforeEach(async () => {
    place = await freshAccessSchema();
    clock = new FixedClock();
  });

  it('do not end each other: one of the last two admins stays', async () => {
    const [one, other] = [await openAccess(), await openAccess()];
    const admins = await Promise.all(['a', 'b'].map((label) => one.principals.add(label, ['admin'])));
    for (const { principalId } of admins) await one.keys.issue(principalId);
    const outcomes = await Promise.allSettled([
      one.principals.end(admins[0]!.principalId),
      other.principals.end(admins[1]!.principalId),
    ]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect((await one.principals.list()).filter(({ ended }) => ended === null)).toHaveLength(1);
  });

  it('that are added with one identity at once are one', async () => {
    const processes = await Promise.all([openAccess(), openAccess(), openAccess()]);
    const outcomes = await Promise.allSettled(
      processes.map(({ principals }) => principals.add('Alena', ['auditor'], { oidc: ALENA })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
