import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Auditor } from '../support/access-log.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';
import { everything } from '../support/store-events.js';

const NAME = 'Dzmitry Kazlou';

let service: Service;
let caseworker: Caseworker;
let auditor: Auditor;
let caseId: string;
let principalId: string;

beforeAll(async () => {
  service = await startService();
  const person = await registered(service, 'caseworker');
  ({ principalId } = person);
  caseworker = Caseworker.with(service, person.key);
  auditor = await Auditor.of(service);
  caseId = await caseworker.open(NAME);
});

afterAll(() => service.close());

describe('a refusal to somebody known stands in the access log, too:', () => {
  it('a role that is missing', async () => {
    const entry = await auditor.entryOf((headers) => caseworker.get('/v1/principals', headers));
    expect(entry).toMatchObject({ type: 'AccessRefused', status: 403, code: 'role-missing', principalId });
  });

  it('a case that is not there', async () => {
    const absent = newId();
    const entry = await auditor.entryOf((headers) => caseworker.get(`/v1/cases/${absent}`, headers));
    expect(entry).toMatchObject({ type: 'AccessRefused', status: 404, code: 'case-not-found' });
    expect(entry.caseIds).toEqual([absent]);
  });

  it('a command to a case that is not there, with its id', async () => {
    const absent = newId();
    const entry = await auditor.entryOf((headers) =>
      caseworker.send(`/${absent}/arrests`, { at: '2020-02-24' }, headers),
    );
    expect(entry).toMatchObject({
      type: 'AccessRefused',
      route: 'POST /v1/cases/:caseId/arrests',
      code: 'case-not-found',
      caseIds: [absent],
    });
  });

  it('a merge into a case that one may not know of, with its id', async () => {
    const [hidden, own] = [newId(), await caseworker.open()];
    const entry = await auditor.entryOf((headers) =>
      caseworker.send(`/${own}/merges`, { intoCaseId: hidden, reason: 'the same man' }, headers),
    );
    expect(entry).toMatchObject({ type: 'AccessRefused', status: 409, code: 'unknown-case', principalId });
    expect(new Set(entry.caseIds)).toEqual(new Set([own, hidden]));
  });

  it('an id that is taken, tried out by opening a case with it', async () => {
    const taken = await (await Caseworker.joining(service)).open();
    const person = { names: [{ form: NAME }], roles: [] };
    const entry = await auditor.entryOf((headers) => caseworker.send('', { caseId: taken, person }, headers));
    expect(entry).toMatchObject({ type: 'AccessRefused', status: 409, code: 'case-already-opened' });
    expect(entry).toMatchObject({ caseIds: [taken], principalId });
  });

  it('but no rule that a case keeps, and nothing malformed', async () => {
    const id = newId();
    const headers = { 'x-correlation-id': id };
    expect((await caseworker.send(`/${caseId}/reopenings`, { reason: 'x' }, headers)).status).toBe(409);
    expect((await caseworker.send(`/${caseId}/notes`, { no: 'such member' }, headers)).status).toBe(400);
    await auditor.entryOf((later) => caseworker.get(`/v1/cases/${newId()}`, later));
    const entries = await auditor.entries('?limit=200');
    expect(entries.filter(({ correlationId }) => correlationId === id)).toEqual([]);
  });

  it('but nothing that a caller wrote where an id should be', async () => {
    const key = await service.keyFor('reporter');
    const entry = await auditor.entryOf((headers) =>
      service.request('GET', '/v1/cases/Kazlou?caseId=Dzmitry', { headers, key }),
    );
    expect(entry).toMatchObject({ type: 'AccessRefused', code: 'role-missing', caseIds: [] });
    expect(JSON.stringify(entry)).not.toMatch(/Kazlou|Dzmitry/);
  });

  it('while a caller nobody knows is only counted', async () => {
    const counted = async () =>
      Number(
        /^habeas_refused_credentials_total (\d+)/m.exec((await service.request('GET', '/metrics')).text)?.[1],
      );
    const before = await counted();
    const headers = { 'x-correlation-id': 'nobody-known' };
    await service.request('GET', `/v1/cases/${caseId}`, { headers, key: null });
    expect(await counted()).toBe(before + 1);
    const events = await everything(service.app.get(EventStore));
    expect(events.filter(({ payload }) => payload.includes('nobody-known'))).toEqual([]);
  });
});
