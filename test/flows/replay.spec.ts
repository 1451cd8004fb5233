import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseAnswerDto } from '../../src/cases/http/answers/case-answer.dto.js';
import type { CaseReplayDto } from '../../src/cases/http/answers/replay.dto.js';
import { Auditor } from '../support/access-log.js';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

const clock = new FixedClock('2020-03-01T09:00:00.000Z');
let service: Service;
let caseworker: Caseworker;
let auditor: Auditor;

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
  auditor = await Auditor.of(service);
});

afterAll(() => service.close());

const replayed = async (caseId: string, query = '', key = caseworker.key): Promise<CaseReplayDto> => {
  const path = `/v1/cases/${caseId}/replay${query}`;
  const { status, body, text } = await service.request<CaseReplayDto>('GET', path, { key });
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
  return body;
};
const types = ({ items }: CaseReplayDto): string[] => items.map(({ event }) => event.type);

describe('a case replayed', () => {
  it('has each event in its place, corrections and voids too, the case after it and what changed', async () => {
    const caseId = await caseworker.open('Dzmitry Kazlou');
    clock.forward(60);
    await caseworker.record(`/${caseId}/arrests`, { at: '2020-02-24' });
    clock.forward(60);
    const sentence = await caseworker.record(`/${caseId}/sentences`, { at: '2020-02-25', days: 15 });
    const [, sentenced] = sentence.events;
    clock.forward(60);
    const eventId = sentenced!.eventId;
    const recorded = (await caseworker.history(caseId)).find((event) => event.eventId === eventId)!.data;
    const data = { ...recorded, days: 10 };
    const correction = await caseworker.record(`/${caseId}/corrections`, {
      eventId,
      data,
      reason: 'misread',
    });
    clock.forward(60);
    await caseworker.record(`/${caseId}/voids`, { eventId, reason: 'duplicate' });

    const replay = await replayed(caseId, '?asOf=2020-03-01');
    expect(replay).toMatchObject({ caseId, asOf: '2020-03-01', steps: 6, next: null });
    expect(types(replay)).toEqual([
      'CaseOpened',
      'Arrested',
      'DecisionRendered',
      'Sentenced',
      'EventCorrected',
      'EventVoided',
    ]);
    expect(replay.items.map((step) => step.case?.totals.daysImposed.gross.min)).toEqual([0, 0, 0, 15, 10, 0]);
    expect(replay.items[3]?.event.correctedBy).toBe(correction.events[0]?.eventId);
    expect(replay.items[4]?.changed).toContainEqual({
      pointer: '/totals/daysImposed/gross/min',
      before: 15,
      after: 10,
    });
    clock.forward(60);
    // Nobody can ask between the decision and its sentence, which have one instant.
    for (const step of replay.items.toSpliced(2, 1)) {
      const known = `asOf=2020-03-01&knownAt=${step.event.recordedAt}`;
      const { body } = await caseworker.get<CaseAnswerDto>(`/v1/cases/${caseId}?${known}`);
      expect(step.case).toEqual(body);
    }
  });

  it('comes in pages', async () => {
    const { caseId } = await caseworker.openServing();
    const first = await replayed(caseId, '?limit=3');
    expect(first).toMatchObject({ steps: 4, next: 3 });
    const last = await replayed(caseId, `?from=${first.next}&limit=3`);
    expect(last).toMatchObject({ next: null, items: [{ step: 3, event: { type: 'Sentenced' } }] });
    expect([...first.items, ...last.items]).toEqual((await replayed(caseId)).items);
  });

  it('of a merged case is that of both, whichever is asked for', async () => {
    const loser = await caseworker.openServing('Dzmitry Kazlou');
    clock.forward(60);
    const survivor = await caseworker.openServing('Зміцер Казлоў');
    clock.forward(60);
    await caseworker.record(`/${loser.caseId}/merges`, { intoCaseId: survivor.caseId, reason: 'one person' });
    const replay = await replayed(loser.caseId);
    expect(replay).toMatchObject({ caseId: survivor.caseId, mergedFrom: [loser.caseId], steps: 9 });
    expect(replay.items.map((step) => step.case?.totals.sentences ?? null)).toEqual([
      null,
      null,
      null,
      null,
      0,
      0,
      0,
      1,
      2,
    ]);
    expect(await replayed(survivor.caseId)).toEqual(replay);
  });

  it('has nothing personal for an auditor', async () => {
    const caseId = await caseworker.open('Stanislau Shashok');
    await caseworker.record(`/${caseId}/notes`, { text: 'called his mother' });
    const replay = await replayed(caseId, '', auditor.key);
    expect(replay).toMatchObject({ masked: true, steps: 2, items: [{ case: { masked: true } }, {}] });
    expect(JSON.stringify(replay)).not.toMatch(/Shashok|mother/);
    expect(JSON.stringify(await replayed(caseId))).toMatch(/Shashok.*mother/);
  });

  it('is not there for those whom the case is hidden from', async () => {
    const caseId = await caseworker.open('Piotr Markelau');
    const { principalId } = await auditor.entryOf((headers) =>
      caseworker.get(`/v1/cases/${caseId}/events`, headers),
    );
    await caseworker.record(`/${caseId}/restrictions`, { to: [principalId], reason: 'threats' });
    const colleague = await Caseworker.joining(service);
    const hidden = await colleague.get<Refused>(`/v1/cases/${caseId}/replay`);
    const absent = await colleague.get<Refused>(`/v1/cases/${newId()}/replay`);
    for (const { status, body } of [hidden, absent])
      expect({ status, code: body.code, detail: body.detail }).toEqual({
        status: 404,
        code: 'case-not-found',
        detail: absent.body.detail,
      });
    expect(await replayed(caseId)).toMatchObject({ steps: 2 });
    expect(await replayed(caseId, '', auditor.key)).toMatchObject({ masked: true, steps: 2 });
    for (const role of ['reporter', 'admin'] as const) {
      const key = await service.keyFor(role);
      expect((await service.request('GET', `/v1/cases/${caseId}/replay`, { key })).status).toBe(403);
    }
  });

  it('is put on record like its history, with whatever case was shown at a step', async () => {
    const [loser, survivor] = [await caseworker.open('One'), await caseworker.open('Two')];
    await caseworker.record(`/${loser}/merges`, { intoCaseId: survivor, reason: 'one person' });
    clock.forward(60);
    await caseworker.record(`/${loser}/unmerges`, { reason: 'two after all' });
    const path = `/v1/cases/${survivor}/replay`;
    const entry = await auditor.entryOf((headers) => caseworker.get(path, headers));
    expect(entry).toMatchObject({
      type: 'CaseHistoryRead',
      route: 'GET /v1/cases/:caseId/replay',
      fields: 'all',
    });
    expect(new Set(entry.caseIds)).toEqual(new Set([survivor, loser]));
    const masked = await auditor.entryOf((headers) =>
      service.request('GET', path, { headers, key: auditor.key }),
    );
    expect(masked).toMatchObject({ type: 'CaseHistoryRead', fields: 'masked' });
    const beyond = await auditor.entryOf((headers) => caseworker.get(`${path}?from=9`, headers));
    expect(beyond).toMatchObject({ caseIds: [survivor] });
  });

  it('of an erased case has its figures, and says that the rest is gone', async () => {
    const { caseId } = await caseworker.openServing('Erasable Ed');
    await caseworker.record(`/${caseId}/erasures`, { reason: 'he asks for it' });
    expect((await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`)).status).toBe(201);
    const replay = await eventually(async () => {
      const found = await replayed(caseId);
      expect(types(found)).toContain('SubjectErased');
      return found;
    });
    expect(replay.items[0]).toMatchObject({
      event: { data: { person: { names: { erased: true } } } },
      case: { erased: true, person: { names: [] } },
    });
    expect(replay.items[3]?.case?.totals.sentences).toBe(1);
    expect(JSON.stringify(replay)).not.toContain('Erasable');
  });

  it.each([
    ['?asOf=2020-02-30', '/query/asOf'],
    ['?asOf=yesterday', '/query/asOf'],
    ['?from=-1', '/query/from'],
    ['?from=first', '/query/from'],
    ['?limit=0', '/query/limit'],
    ['?limit=51', '/query/limit'],
    ['?knownAt=2020-01-01T00:00:00Z', '/query/knownAt'],
  ])('is not asked with %s', async (query, pointer) => {
    const { caseId } = await caseworker.openServing();
    const { status, code, errors } = problemIn(await caseworker.get(`/v1/cases/${caseId}/replay${query}`));
    expect({ status, code }).toEqual({ status: 400, code: 'invalid-query' });
    expect(new Set(errors?.map((error) => error.pointer))).toEqual(new Set([pointer]));
  });
});
