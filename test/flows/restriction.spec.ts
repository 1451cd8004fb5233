import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { HELD_BACK_MS } from '../../src/http/held-back.js';
import { requestsToCase, type CaseRequest } from '../support/case-requests.js';
import { Caseworker, newId, since, type Refused } from '../support/caseworker.js';
import { registered, type Registered } from '../support/principals.js';
import { problemIn } from '../support/problem.js';
import { startService, type Reply, type Service } from '../support/service.js';
import { lastFact } from '../support/store-events.js';
import { watched } from '../support/watched.js';

const reason = 'her family is threatened';

let service: Service;
let named: Registered;
let stranger: Registered;
let caseworker: Caseworker;
let colleague: Caseworker;
/** Of the last restriction. */
let position: string;

beforeAll(async () => {
  service = await startService();
  named = await registered(service, 'caseworker');
  stranger = await registered(service, 'caseworker');
  caseworker = Caseworker.with(service, named.key);
  colleague = Caseworker.with(service, stranger.key);
});
afterAll(() => service.close());

const head = (): Promise<string | undefined> => lastFact(service.app.get(EventStore));
const restrict = (caseId: string, ...to: string[]) =>
  caseworker.record(`/${caseId}/restrictions`, { to, reason });

async function restrictedCase(): Promise<string> {
  const { caseId } = await caseworker.openServing('Dzmitry Kazlou');
  ({ position } = await restrict(caseId, named.principalId));
  return caseId;
}

type Asked = Pick<CaseRequest, 'method' | 'path' | 'body' | 'headers'>;

/** Commands also with what is looked at before the case is. */
async function requestsTo(caseId: string, intoCaseId: string): Promise<Asked[]> {
  const requests = await requestsToCase(service, caseId, { intoCaseId, position });
  return requests.flatMap(({ command, route: _, ...request }): Asked[] =>
    command
      ? [
          request,
          { ...request, headers: { 'if-match': '"1"' } },
          { ...request, headers: { 'idempotency-key': newId() } },
        ]
      : [request],
  );
}

/** All that a caller can compare of an answer. */
const seen = ({ status, headers, text, body }: Reply<Partial<Refused>>) => ({
  status,
  headers: [...headers]
    .filter(([name]) => name !== 'date' && name !== 'x-correlation-id')
    .map(([name, value]) => `${name}: ${value}`),
  body: text.replace(body?.instance ?? 'none', ''),
});

async function asked({ method, path, ...options }: Asked): Promise<Reply<Partial<Refused>> & { ms: number }> {
  const begun = performance.now();
  const reply = await service.request<Partial<Refused>>(method, path, { key: stranger.key, ...options });
  return { ...reply, ms: performance.now() - begun };
}

describe('to a caseworker who is not named, a restricted case', () => {
  it('is answered on every route as one that does not exist, and no sooner', async () => {
    const hidden = await restrictedCase();
    const own = await colleague.open();
    const toAbsent = await requestsTo(newId(), own);
    const toHidden = await requestsTo(hidden, own);
    expect(toHidden.length).toBeGreaterThan(120);
    const before = await head();
    for (const [n, request] of toHidden.entries()) {
      const [absent, refused] = await Promise.all([asked(toAbsent[n]!), asked(request)]);
      expect([request.method, request.path, seen(refused)]).toEqual([
        request.method,
        request.path,
        seen(absent),
      ]);
      expect(absent.status).toBe(404);
      if (request.method !== 'HEAD') expect(absent.body.code).toBe('case-not-found');
      for (const { ms } of [absent, refused]) expect(ms).toBeGreaterThanOrEqual(HELD_BACK_MS);
    }
    expect(await head()).toBe(before);
  }, 120_000);

  it('is no case to merge into, like one that does not exist', async () => {
    const hidden = await restrictedCase();
    const own = await colleague.open();
    const mergeInto = (intoCaseId: string) =>
      asked({ method: 'POST', path: `/v1/cases/${own}/merges`, body: { intoCaseId, reason } });
    const before = await head();
    const [absent, refused] = [await mergeInto(newId()), await mergeInto(hidden)];
    expect(await head()).toBe(before);
    expect(seen(refused)).toEqual(seen(absent));
    expect(absent).toMatchObject({ status: 409, body: { code: 'unknown-case' } });
    for (const { ms } of [absent, refused]) expect(ms).toBeGreaterThanOrEqual(HELD_BACK_MS);
  });

  it('is told to be there to whoever opens one with its id, and not how far it has come', async () => {
    const hidden = await restrictedCase();
    const open = { caseId: hidden, person: { names: [{ form: 'Alena' }], roles: [] } };
    const before = await head();
    for (const revision of ['0', '1', '99']) {
      const headers = { 'if-match': `"${revision}"` };
      const { status, body, text } = await colleague.send<Refused>('', open, headers);
      expect([status, body.code]).toEqual([409, 'case-already-opened']);
      expect(text).not.toContain('revision');
    }
    expect(await head()).toBe(before);
  });

  it('is hidden by the id of one merged into it, too', async () => {
    const loser = await caseworker.open();
    const survivor = await caseworker.open();
    await caseworker.record(`/${loser}/merges`, { intoCaseId: survivor, reason });
    ({ position } = await restrict(survivor, named.principalId));
    for (const path of [`/v1/cases/${loser}?${since(position)}`, `/v1/cases/${loser}/events`]) {
      expect((await asked({ method: 'GET', path })).status).toBe(404);
    }
    for (const command of ['notes', 'unmerges']) {
      const body = command === 'notes' ? { text: 'x' } : { reason };
      const refused = await asked({ method: 'POST', path: `/v1/cases/${loser}/${command}`, body });
      expect(refused).toMatchObject({ status: 404, body: { code: 'case-not-found' } });
    }

    // Parted, the two stay with those they were restricted to.
    await caseworker.record(`/${loser}/unmerges`, { reason });
    expect((await asked({ method: 'GET', path: `/v1/cases/${loser}/events` })).status).toBe(404);
    expect((await caseworker.get(`/v1/cases/${loser}/events`)).status).toBe(200);
  });

  it('stays hidden when he repeats what he once recorded in it, but the case that he opened is known to him', async () => {
    const headers = { 'idempotency-key': newId() };
    const opening = { person: { names: [{ form: 'Alena' }], roles: [] } };
    const { caseId } = await colleague.record('', opening, headers);
    const note = { text: 'seen' };
    const key = { 'idempotency-key': newId() };
    await colleague.record(`/${caseId}/notes`, note, key);
    await restrict(caseId, named.principalId);

    expect((await colleague.send(`/${caseId}/notes`, note, key)).status).toBe(404);
    expect(await colleague.send('', opening, headers)).toMatchObject({ status: 201, body: { caseId } });
  });
});

describe('a restriction', () => {
  it('is set and lifted by an admin who does not see the case', async () => {
    const caseId = await colleague.open();
    const path = `/v1/cases/${caseId}/restrictions`;
    const setTo = (...to: string[]) => service.request('POST', path, { body: { to, reason } });
    expect(await setTo(named.principalId)).toMatchObject({
      status: 201,
      body: { events: [{ type: 'CaseRestricted' }] },
    });
    expect((await colleague.get(`/v1/cases/${caseId}/events`)).status).toBe(404);
    expect((await caseworker.get(`/v1/cases/${caseId}/events`)).status).toBe(200);
    expect((await service.request('GET', `/v1/cases/${caseId}`)).status).toBe(403);

    expect(await setTo()).toMatchObject({ status: 201, body: { events: [{ type: 'CaseUnrestricted' }] } });
    expect((await colleague.get(`/v1/cases/${caseId}/events`)).status).toBe(200);
    expect(problemIn(await setTo()).code).toBe('case-not-restricted');
  });

  it.each([
    ['without oneself', () => [stranger.principalId], 422, 'restriction-without-self'],
    ['to what is no id', () => ['Alena'], 400, 'invalid-body'],
    ['to one principal twice', () => [named.principalId, named.principalId], 400, 'invalid-body'],
  ])('%s is refused', async (_, to, status, code) => {
    const caseId = await caseworker.open();
    const refused = await watched(
      () => caseworker.send<Refused>(`/${caseId}/restrictions`, { to: to(), reason }),
      head,
    );
    expect(refused).toMatchObject({ status, body: { code } });
  });

  it('leaves an auditor the view that is his: without the person', async () => {
    const caseId = await restrictedCase();
    const path = `/v1/cases/${caseId}?${since(position)}`;
    for (const key of [
      await service.keyFor('auditor'),
      (await registered(service, 'auditor', 'caseworker')).key,
    ]) {
      const { status, body } = await service.request('GET', path, { key });
      expect(status).toBe(200);
      expect(body).toMatchObject({ masked: true, person: { names: [] }, restrictedTo: [named.principalId] });
    }
  });
});
