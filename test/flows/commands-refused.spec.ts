import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { startService, type Service } from '../support/service.js';
import { lastFact } from '../support/store-events.js';
import { watched } from '../support/watched.js';

let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

const head = (): Promise<string | undefined> => lastFact(service.app.get(EventStore));

/** Sends what must be refused, and sees that nothing was written. */
async function refused(path: string, body: unknown, headers?: Record<string, string>): Promise<Refused> {
  const reply = await watched(() => caseworker.send<Refused>(path, body, headers), head);
  expect(reply.status).not.toBe(201);
  return reply.body;
}

describe('a command is refused, and nothing written,', () => {
  it('of a case that does not exist', async () => {
    expect(await refused(`/${newId()}/notes`, { text: 'x' })).toMatchObject({
      status: 404,
      code: 'case-not-found',
    });
  });

  it('with an id of a case that is none', async () => {
    const problem = await refused('/K1/notes', { text: 'x' });
    expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/params/caseId' }] });
  });

  it('on a closed case', async () => {
    const caseId = await caseworker.open();
    await caseworker.record(`/${caseId}/closures`, { reason: 'done' });
    expect(await refused(`/${caseId}/notes`, { text: 'x' })).toMatchObject({
      status: 409,
      code: 'case-closed',
    });
  });

  it('of a second opening', async () => {
    const caseId = await caseworker.open();
    const problem = await refused('', { caseId, person: { names: [{ form: 'K' }], roles: [] } });
    expect(problem).toMatchObject({ status: 409, code: 'case-already-opened' });
  });

  it('of a decision of whose penalties one is impossible', async () => {
    const caseId = await caseworker.open();
    const penalties = [
      { kind: 'sentence', days: 5 },
      { kind: 'fine', amount: { value: '810', currency: 'BYR' } },
    ];
    const problem = await refused(`/${caseId}/decisions`, {
      at: '2020-01-13',
      outcome: 'penalised',
      penalties,
    });
    expect(problem.status).toBe(409);
  });

  it('under a provision that the law does not know', async () => {
    const caseId = await caseworker.open();
    const problem = await refused(`/${caseId}/charges`, {
      provision: { code: 'BY-CoAO-1984', article: '167' },
    });
    expect(problem.status).toBe(422);
  });

  it('under words in the place of a part: it stays readable when a case is erased', async () => {
    const caseId = await caseworker.open();
    const provision = { code: 'BY-CoAO-2003', article: '23.34' };
    const { events } = await caseworker.record(`/${caseId}/charges`, {
      provision: { ...provision, part: '3' },
    });
    const [{ eventId } = { eventId: '' }] = events;
    const data = { provision: { ...provision, part: 'Witness-Anna' } };
    const correction = { eventId, data, reason: 'misread' };
    expect(await refused(`/${caseId}/charges`, data)).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/provision/part' }],
    });
    expect(await refused(`/${caseId}/corrections`, correction)).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/data/provision/part' }],
    });
  });

  it('where a correction has not the shape of what it corrects', async () => {
    const caseId = await caseworker.open();
    const { events } = await caseworker.record(`/${caseId}/sentences`, { days: 15 });
    const correct = (data: object) =>
      refused(`/${caseId}/corrections`, { eventId: events.at(1)!.eventId, data, reason: 'misread' });

    expect(await correct({ days: '10' })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/data/days' }],
    });
    expect(await correct({ days: 10, surprise: 1 })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/data/surprise' }],
    });
    expect(await correct({ days: 10, at: '2020-02-30' })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/data/at' }],
    });
    const sources = [{ citation: 'x', url: 'javascript:alert(1)', kind: 'press', confidential: false }];
    expect(await correct({ days: 10, sources })).toMatchObject({
      status: 400,
      errors: [{ pointer: '/body/data/sources/0/url' }],
    });
    expect(await correct({ days: 10, penaltyId: newId() })).toMatchObject({ status: 409 });
  });

  it.each(['auditor', 'reporter', 'admin'] as const)('from a principal who is only %s', async (role) => {
    const caseId = await caseworker.open();
    const before = await head();
    const key = await service.keyFor(role);
    const { status } = await service.request('POST', `/v1/cases/${caseId}/notes`, {
      body: { text: 'x' },
      key,
    });
    expect(status).toBe(403);
    expect(await head()).toBe(before);
  });
});

describe('a case that was merged away', () => {
  it('takes nothing, names its survivor, and comes back when it is unmerged', async () => {
    const [loser, survivor] = [
      await caseworker.open('Dzmitry Kazlou'),
      await caseworker.open('Зміцер Казлоў'),
    ];
    const merged = await caseworker.record(`/${loser}/merges`, {
      intoCaseId: survivor,
      reason: 'one person',
    });
    expect(merged.events.map(({ type }) => type)).toContain('CaseMerged');

    expect(await refused(`/${loser}/notes`, { text: 'x' })).toMatchObject({
      status: 409,
      code: 'case-merged',
      survivor,
    });
    await caseworker.record(`/${survivor}/notes`, { text: 'taken' });

    await caseworker.record(`/${loser}/unmerges`, { reason: 'two people after all' });
    await caseworker.record(`/${loser}/notes`, { text: 'taken again' });
  });
});

describe('If-Match', () => {
  it('lets a command pass at the revision it was meant for, and no other', async () => {
    const caseId = await caseworker.open();
    const at = (revision: string) => ({ 'if-match': revision });
    expect((await caseworker.send(`/${caseId}/notes`, { text: 'one' }, at('"0"'))).status).toBe(201);
    expect(await refused(`/${caseId}/notes`, { text: 'late' }, at('"0"'))).toMatchObject({
      status: 412,
      code: 'stale-revision',
      errors: [{ pointer: '/headers/if-match' }],
    });
    expect((await refused(`/${caseId}/notes`, { text: 'early' }, at('"7"'))).status).toBe(412);
    expect((await caseworker.send(`/${caseId}/notes`, { text: 'two' }, at('"1"'))).status).toBe(201);
  });

  it.each(['0', '*', 'W/"0"', '"0", "1"', '"-1"', '"zero"'])(
    'is refused where it names no one revision: %s',
    async (etag) => {
      const caseId = await caseworker.open();
      const problem = await refused(`/${caseId}/notes`, { text: 'x' }, { 'if-match': etag });
      expect(problem).toMatchObject({ status: 400, errors: [{ pointer: '/headers/if-match' }] });
    },
  );
});
