import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseAnswerDto } from '../../src/cases/http/answers/case-answer.dto.js';
import { Caseworker, newId, since, type Refused } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { startService, type Service } from '../support/service.js';

const clock = new FixedClock('2020-03-01T09:00:00.000Z');
let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

describe('a case', () => {
  it('is answered as of today, with its revision as its tag', async () => {
    const { caseId, position } = await caseworker.openServing();
    const { status, headers, body } = await caseworker.get<CaseAnswerDto>(
      `/v1/cases/${caseId}?${since(position)}`,
    );
    expect(status).toBe(200);
    expect(headers.get('etag')).toBe('"3"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body).toMatchObject({
      caseId,
      revision: 3,
      asOf: '2020-03-01',
      closed: false,
      mergedFrom: [],
      custody: {
        status: 'in_custody_serving',
        expectedRelease: { earliest: '2020-03-10', latest: '2020-03-10' },
      },
      totals: { sentences: 1, daysInCustody: { min: 6, max: 6 } },
      penalties: [{ kind: 'sentence' }],
    });
  });

  it('is answered as of a day long past and of one to come', async () => {
    const { caseId, position } = await caseworker.openServing();
    const statusOn = async (asOf: string) =>
      (await caseworker.get<CaseAnswerDto>(`/v1/cases/${caseId}?asOf=${asOf}&${since(position)}`)).body
        .custody.status;
    expect(await statusOn('2020-02-23')).toBe('not_determinable');
    expect(await statusOn('2020-03-10')).toBe('in_custody_serving');
    expect(await statusOn('2020-03-11')).toBe('in_custody_overdue');
  });

  it('is answered as it was known at an earlier time', async () => {
    const { caseId } = await caseworker.openServing();
    clock.forward(60);
    const before = clock.now().toISOString();
    clock.forward(60);
    await caseworker.record(`/${caseId}/sentences`, { at: '2020-02-26', days: 10 });
    clock.forward(60);
    const knownAt = async (instant: string) =>
      (await caseworker.get<CaseAnswerDto>(`/v1/cases/${caseId}?knownAt=${encodeURIComponent(instant)}`))
        .body;

    expect((await knownAt(before)).totals.sentences).toBe(1);
    expect((await knownAt(before.replace('Z', '+00:00'))).totals.sentences).toBe(1);
    expect((await knownAt(new Date(clock.now().getTime() - 6_000).toISOString())).totals.sentences).toBe(2);
    expect((await caseworker.get(`/v1/cases/${caseId}?knownAt=2019-01-01T00:00:00Z`)).status).toBe(404);
  });

  it('that is not there is not found', async () => {
    const { status, body } = await caseworker.get<Refused>(`/v1/cases/${newId()}`);
    expect({ status, code: body.code }).toEqual({ status: 404, code: 'case-not-found' });
  });

  it('that was merged away is answered by its survivor', async () => {
    const [loser, survivor] = [
      await caseworker.openServing('Dzmitry Kazlou'),
      await caseworker.openServing('Зміцер Казлоў'),
    ];
    const { position } = await caseworker.record(`/${loser.caseId}/merges`, {
      intoCaseId: survivor.caseId,
      reason: 'one person',
    });
    const { body } = await caseworker.get<CaseAnswerDto>(`/v1/cases/${loser.caseId}?${since(position)}`);
    expect(body).toMatchObject({
      caseId: survivor.caseId,
      mergedFrom: [loser.caseId],
      totals: { sentences: 2 },
    });

    const unmerged = await caseworker.record(`/${loser.caseId}/unmerges`, { reason: 'two after all' });
    const again = await caseworker.get<CaseAnswerDto>(
      `/v1/cases/${loser.caseId}?${since(unmerged.position)}`,
    );
    expect(again.body).toMatchObject({ caseId: loser.caseId, mergedFrom: [], totals: { sentences: 1 } });
  });

  it('is shown to an auditor without what is personal, and not at all to the others', async () => {
    const { caseId, position } = await caseworker.openServing('Ales Krutkin');
    const path = `/v1/cases/${caseId}?${since(position)}`;
    const auditor = await service.request<CaseAnswerDto>('GET', path, {
      key: await service.keyFor('auditor'),
    });
    expect(auditor.body).toMatchObject({
      caseId,
      masked: true,
      person: { names: [] },
      totals: { sentences: 1 },
    });
    expect(auditor.text).not.toContain('Krutkin');
    for (const role of ['reporter', 'admin'] as const) {
      expect((await service.request('GET', path, { key: await service.keyFor(role) })).status).toBe(403);
    }
    expect((await service.request('GET', path, { key: null })).status).toBe(401);
  });
});

describe('the history of a case', () => {
  it('has every event with its envelope, corrections and voids marked', async () => {
    const caseId = await caseworker.open();
    const noted = await caseworker.record(
      `/${caseId}/notes`,
      { text: 'wrong' },
      { 'x-correlation-id': 'desk-1' },
    );
    const note = noted.events.at(0)!.eventId;
    const corrected = await caseworker.record(`/${caseId}/corrections`, {
      eventId: note,
      data: { text: 'right' },
      reason: 'misread',
    });
    const other = (await caseworker.record(`/${caseId}/notes`, { text: 'another' })).events.at(0)!.eventId;
    const voided = await caseworker.record(`/${caseId}/voids`, { eventId: other, reason: 'duplicate' });

    const history = await caseworker.history(caseId);
    expect(history.map(({ type }) => type)).toEqual([
      'CaseOpened',
      'NoteAdded',
      'EventCorrected',
      'NoteAdded',
      'EventVoided',
    ]);
    expect(history[1]).toMatchObject({
      eventId: note,
      caseId,
      revision: 1,
      data: { text: 'wrong' },
      correlationId: 'desk-1',
      recordedAt: expect.any(String),
      recordedBy: expect.any(String),
      schemaVersion: 1,
      correctedBy: corrected.events.at(0)!.eventId,
    });
    expect(history[3]).toMatchObject({ voidedBy: voided.events.at(0)!.eventId });
  });

  it('is shown to an auditor without what is personal', async () => {
    const caseId = await caseworker.open('Stanislau Shashok');
    await caseworker.record(`/${caseId}/notes`, { text: 'called his mother' });
    const { text, body } = await service.request<{ masked: boolean; items: unknown[] }>(
      'GET',
      `/v1/cases/${caseId}/events`,
      {
        key: await service.keyFor('auditor'),
      },
    );
    expect(body).toMatchObject({ masked: true, items: [{ type: 'CaseOpened' }, { type: 'NoteAdded' }] });
    expect(text).not.toMatch(/Shashok|mother/);
  });
});
