import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, newId, type Recorded, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { keyOf, registered } from '../support/principals.js';
import { startService, type Reply, type Service } from '../support/service.js';
import { watched } from '../support/watched.js';

const reason = 'the family asks for it';

let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
});
afterAll(() => service.close());

/** Of this case: others may be being erased meanwhile. */
const headOf = (caseId: string) => async (): Promise<string | undefined> =>
  (await service.app.get(EventStore).read(`case-${caseId}`)).at(-1)?.position;
const isErased = (caseId: string): Promise<void> =>
  eventually(async () =>
    expect((await caseworker.history(caseId)).at(-1)).toMatchObject({
      type: 'SubjectErased',
      data: { caseIds: [caseId], destroyedKeys: [expect.any(String)] },
    }),
  );
const request = (caseId: string, key: string): Promise<Reply<Recorded>> =>
  service.request('POST', `/v1/cases/${caseId}/erasures`, { key, body: { reason } });
const approve = <T = Refused>(caseId: string, key: string): Promise<Reply<T>> =>
  service.request('POST', `/v1/cases/${caseId}/erasures/approvals`, { key });

describe('an erasure', () => {
  it('takes a caseworker who asks and an admin who approves; then the case takes nothing more', async () => {
    const caseId = await caseworker.open();
    const asked = await request(caseId, caseworker.key);
    expect(asked).toMatchObject({ status: 201, body: { events: [{ type: 'ErasureRequested' }] } });
    const admin = await registered(service, 'admin');
    const approved = await approve<Recorded>(caseId, admin.key);
    expect(approved.status).toBe(201);
    expect(approved.body.events[0]).toMatchObject({ type: 'SubjectErasureStarted' });

    const late = await caseworker.send<Refused>(`/${caseId}/notes`, { text: 'late' });
    expect(late.status).toBe(409);
    expect(['erasure-under-way', 'case-erased']).toContain(late.body.code);
    await isErased(caseId);
  });

  it('ends with a certificate, which the service records by itself', async () => {
    const caseId = await caseworker.open();
    await request(caseId, caseworker.key);
    await approve(caseId, service.adminKey);
    await isErased(caseId);
    const refused = await watched(() => approve(caseId, service.adminKey), headOf(caseId));
    expect(refused).toMatchObject({ status: 409, body: { code: 'case-erased' } });
  });

  it('leaves nothing by which a guess at what was recorded could be confirmed', async () => {
    const headers = { 'idempotency-key': newId() };
    const named = (form: string) => ({ person: { names: [{ form }], roles: [] } });
    const { caseId } = await caseworker.record('', named('Alena Kazlova'), headers);
    await request(caseId, caseworker.key);
    const approval = { key: service.adminKey, headers: { 'idempotency-key': newId() } };
    const path = `/v1/cases/${caseId}/erasures/approvals`;
    const approved = await service.request('POST', path, approval);
    await isErased(caseId);
    const guesses = [];
    for (const form of ['Alena Kazlova', 'Volha Hryb'])
      guesses.push(await watched(() => caseworker.send<Refused>('', named(form), headers), headOf(caseId)));
    for (const { status, body } of guesses)
      expect([status, body.code, body.errors]).toEqual([409, 'case-erased', guesses[0]?.body.errors]);
    // What had no words is answered as it was.
    expect(await service.request('POST', path, approval)).toMatchObject({ status: 201, body: approved.body });
  });

  it('is not approved with another key of whoever asked for it', async () => {
    const caseId = await caseworker.open();
    const admin = await registered(service, 'admin');
    expect((await request(caseId, admin.key)).status).toBe(201);
    for (const key of [admin.key, await keyOf(service, admin.principalId)]) {
      const refused = await watched(() => approve(caseId, key), headOf(caseId));
      expect(refused).toMatchObject({ status: 409, body: { code: 'approval-by-requester' } });
    }
    expect((await approve(caseId, service.adminKey)).status).toBe(201);
  });

  it('is not approved by a caseworker, nor where nobody asked for it', async () => {
    const caseId = await caseworker.open();
    expect((await approve(caseId, caseworker.key)).status).toBe(403);
    const refused = await watched(() => approve(caseId, service.adminKey), headOf(caseId));
    expect(refused).toMatchObject({ status: 409, body: { code: 'erasure-not-requested' } });
  });

  it('of a restricted case is asked for and approved by admins who do not see it', async () => {
    const named = await registered(service, 'caseworker');
    const caseId = await Caseworker.with(service, named.key).open();
    await Caseworker.with(service, named.key).record(`/${caseId}/restrictions`, {
      to: [named.principalId],
      reason,
    });
    expect((await request(caseId, caseworker.key)).status).toBe(404);
    const admin = await registered(service, 'admin');
    expect((await request(caseId, admin.key)).status).toBe(201);
    expect((await approve(caseId, service.adminKey)).status).toBe(201);
  });

  it('that is asked for keeps a case from being merged', async () => {
    const [caseId, other] = [await caseworker.open(), await caseworker.open()];
    await request(caseId, caseworker.key);
    const merging = () => caseworker.send<Refused>(`/${caseId}/merges`, { intoCaseId: other, reason });
    expect(await watched(merging, headOf(caseId))).toMatchObject({
      status: 409,
      body: { code: 'erasure-requested' },
    });
  });
});
