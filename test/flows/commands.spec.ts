import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, newId } from '../support/caseworker.js';
import { startService, type Service } from '../support/service.js';

let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

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

  it('records a decision and its penalties together', async () => {
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
    const note = (await record('/notes', { text: 'wrong' })).events.at(0)!.eventId;
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
