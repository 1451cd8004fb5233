import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

const head = (): Promise<string | undefined> => service.app.get(EventStore).head();

/** Sends what must be refused, and sees that nothing was written. */
async function refused(path: string, body: unknown, headers?: Record<string, string>): Promise<Refused> {
  const before = await head();
  const reply = await caseworker.send<Refused>(path, body, headers);
  expect(reply.status).toBeGreaterThanOrEqual(400);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
  expect(await head()).toBe(before);
  return reply.body;
}

describe('a command', () => {
  it('is answered with what was recorded, and where', async () => {
    const opened = await caseworker.send('', {
      person: { names: [{ form: 'Ales Krutkin' }], roles: ['blogger'] },
    });
    const { caseId } = opened.body;
    expect(opened.status).toBe(201);
    expect(opened.body).toEqual({
      caseId,
      revision: 0,
      position: expect.any(String),
      events: [{ eventId: expect.any(String), type: 'CaseOpened' }],
      ids: {},
    });
    expect(opened.headers.get('etag')).toBe('"0"');
    expect(opened.headers.get('location')).toBe(`/v1/cases/${caseId}`);

    const arrest = await caseworker.send(`/${caseId}/arrests`, { at: '2020-01-05' });
    expect(arrest.body).toMatchObject({
      caseId,
      revision: 1,
      events: [{ type: 'Arrested' }],
      ids: { detentionId: expect.any(String) },
    });
    expect(arrest.headers.get('etag')).toBe('"1"');
  });

  it('keeps the ids that the caller gives', async () => {
    const [caseId, detentionId] = [newId(), newId()];
    const opened = await caseworker.record('', { caseId, person: { names: [{ form: 'K' }], roles: [] } });
    expect(opened.caseId).toBe(caseId);
    expect((await caseworker.record(`/${caseId}/arrests`, { detentionId })).ids).toEqual({ detentionId });
  });

  it('records a decision and its penalties together, or nothing of them', async () => {
    const caseId = await caseworker.open();
    const penalties = [
      { kind: 'sentence', days: 5 },
      { kind: 'fine', amount: { value: '810.00', currency: 'BYN' } },
    ];
    const recorded = await caseworker.record(`/${caseId}/decisions`, {
      at: '2020-01-13',
      outcome: 'penalised',
      penalties,
    });
    expect(recorded.events.map(({ type }) => type)).toEqual(['DecisionRendered', 'Sentenced', 'Fined']);
    expect(recorded.revision).toBe(3);

    const impossible = [penalties[0], { kind: 'fine', amount: { value: '810', currency: 'BYR' } }];
    const { status } = await refused(`/${caseId}/decisions`, {
      at: '2020-01-13',
      outcome: 'penalised',
      penalties: impossible,
    });
    expect(status).toBe(409);
  });

  it('takes every route of the API once, in the life of one case', async () => {
    const caseId = await caseworker.open('Dzmitry Kazlou');
    const [d, p, h, k] = [newId(), newId(), newId(), newId()];
    const money = { value: '100.00', currency: 'BYN' };
    const record = (below: string, body: unknown = {}) => caseworker.record(`/${caseId}${below}`, body);
    const types = async (below: string, body?: unknown) =>
      (await record(below, body)).events.map(({ type }) => type);

    expect(await types('/names', { name: { form: 'Зміцер Казлоў', script: 'Cyrl' } })).toEqual([
      'NameRecorded',
    ]);
    expect(await types('/roles', { role: 'activist', from: '2019' })).toEqual(['RoleRecorded']);
    expect(await types('/notes', { text: 'called his mother' })).toEqual(['NoteAdded']);
    expect(await types('/consents', { scope: 'dossier', by: 'family' })).toEqual(['ConsentRecorded']);
    expect(await types('/consents/withdrawals', { scope: 'dossier' })).toEqual(['ConsentWithdrawn']);
    expect(await types('/arrests', { detentionId: d, at: '2020-01-05' })).toEqual(['Arrested']);
    expect(await types('/transfers', { detentionId: d, facility: 'Zhodzina' })).toEqual(['Transferred']);
    expect(await types('/regime-changes', { detentionId: d, regime: 'criminal', at: '2020-01-06' })).toEqual([
      'CustodyRegimeChanged',
    ]);
    expect(await types('/custody-confirmations', { detentionId: d, at: '2020-01-07' })).toEqual([
      'CustodyConfirmed',
    ]);
    expect(await types('/whereabouts', { detentionId: d, known: false })).toEqual(['WhereaboutsLost']);
    expect(await types('/whereabouts', { detentionId: d, known: true, facility: 'Akrestsina' })).toEqual([
      'WhereaboutsEstablished',
    ]);
    expect(
      await types('/charges', { proceedingId: p, provision: { code: 'BY-CoAO-2003', article: '23.34' } }),
    ).toEqual(['Charged']);
    expect(await types('/hearings', { hearingId: h, proceedingId: p, at: '2020-01-08' })).toEqual([
      'HearingScheduled',
    ]);
    expect(await types(`/hearings/${h}/adjournments`, { to: '2020-01-09' })).toEqual(['HearingAdjourned']);
    expect(await types(`/hearings/${h}/held`, { counselPresent: false, at: '2020-01-09' })).toEqual([
      'HearingHeld',
    ]);
    const sentence = await record('/sentences', { proceedingId: p, days: 15, at: '2020-01-09' });
    expect(sentence.events.map(({ type }) => type)).toEqual(['DecisionRendered', 'Sentenced']);
    const { decisionId, penaltyId } = sentence.ids as { decisionId: string; penaltyId: string };
    const fine = await record('/fines', { decisionId, baseUnits: 20, at: '2020-01-09' });
    expect(fine.events.map(({ type }) => type)).toEqual(['Fined']);
    const fineId = fine.ids['penaltyId']!;
    expect(await types(`/penalties/${penaltyId}/reductions`, { days: 10, by: 'appeal' })).toEqual([
      'SentenceReduced',
    ]);
    expect(
      await types(`/penalties/${fineId}/reductions`, { amount: money, by: 'appeal', at: '2020-01-20' }),
    ).toEqual(['FineReduced']);
    expect(
      await types(`/penalties/${fineId}/payments`, { amount: money, by: 'fund', at: '2020-02-01' }),
    ).toEqual(['FinePaid']);
    expect(await types(`/penalties/${fineId}/refunds`, { amount: money, at: '2020-02-02' })).toEqual([
      'FineRefunded',
    ]);
    expect(await types(`/penalties/${fineId}/withdrawals`, { at: '2020-02-03' })).toEqual(['FineWithdrawn']);
    expect(await types('/appeals', { appealId: k, decisionId })).toEqual(['AppealFiled']);
    const appeal = {
      outcome: 'annulled_terminated',
      penalties: [{ penaltyId, annulled: true }],
      at: '2020-03-01',
    };
    expect(await types(`/appeals/${k}/decisions`, appeal)).toEqual(['AppealDecided', 'PenaltyAnnulled']);
    expect(await types('/counsel-denials', { detentionId: d, duration: { atLeastHours: 24 } })).toEqual([
      'CounselDenied',
    ]);
    expect(await types('/counsel-grants', { detentionId: d, private: false })).toEqual(['CounselGranted']);
    expect(await types('/conditions', { kind: 'cold', reportedBy: 'detainee', hours: 12 })).toEqual([
      'ConditionReported',
    ]);
    expect(
      await types('/releases', { detentionId: d, basis: 'annulled', conditional: false, at: '2020-03-02' }),
    ).toEqual(['Released']);
    const note = (await record('/notes', { text: 'wrong' })).events[0]!.eventId;
    expect(
      await types('/corrections', { eventId: note, data: { text: 'right' }, reason: 'misread' }),
    ).toEqual(['EventCorrected']);
    const source = { citation: 'Viasna', kind: 'organisation', confidential: false };
    expect(await types('/citations', { eventId: note, source, agrees: true })).toEqual(['SourceCited']);
    expect(await types('/voids', { eventId: note, reason: 'duplicate' })).toEqual(['EventVoided']);
    expect(await types('/charges', { proceedingId: newId() })).toEqual(['Charged']);
    const other = await record('/charges', {});
    expect(await types(`/proceedings/${other.ids['proceedingId']}/terminations`, { by: 'court' })).toEqual([
      'ProceedingTerminated',
    ]);
    expect(await types('/closures', { reason: 'nothing more to do' })).toEqual(['CaseClosed']);
    expect(await types('/reopenings', { reason: 'there is' })).toEqual(['CaseReopened']);
    expect(
      await types(`/penalties/${(await record('/sentences', { days: 1 })).ids['penaltyId']}/annulments`, {
        by: 'review',
      }),
    ).toEqual(['PenaltyAnnulled']);
    expect(await types('/deaths', { detentionId: newId(), causeStatus: 'disputed', at: '2021' })).toEqual([
      'DiedInCustody',
    ]);
  });
});

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

  it('under a provision that the law does not know', async () => {
    const caseId = await caseworker.open();
    const problem = await refused(`/${caseId}/charges`, {
      provision: { code: 'BY-CoAO-1984', article: '167' },
    });
    expect(problem.status).toBe(422);
  });

  it('where a correction has not the shape of what it corrects', async () => {
    const caseId = await caseworker.open();
    const { events } = await caseworker.record(`/${caseId}/sentences`, { days: 15 });
    const correct = (data: object) =>
      refused(`/${caseId}/corrections`, { eventId: events[1]!.eventId, data, reason: 'misread' });

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
