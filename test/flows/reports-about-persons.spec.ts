import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import type { Value } from '../../src/reports/content/content.js';
import { carriedOutErasure } from '../support/carried-out-erasure.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import type { ProblemBody } from '../support/problem.js';
import { rowsOf } from '../support/reports/asking.js';
import { ReportReader } from '../support/reports/report-reader.js';
import { startService, type Service } from '../support/service.js';

const clock = new FixedClock('2020-02-08T09:00:00.000Z');
const AS_OF = '2020-02-07';
let service: Service;
let worker: Caseworker;
let colleague: Caseworker;
let reader: ReportReader;

beforeAll(async () => {
  service = await startService({ clock });
  worker = await Caseworker.of(service);
  colleague = await Caseworker.joining(service);
  reader = new ReportReader(service, worker.key);
});
afterAll(() => service.close());

/** Whoever has opened a case is named in its history. */
async function idOf(caseworker: Caseworker): Promise<string> {
  const [opened] = await caseworker.history(await caseworker.open());
  return opened!['recordedBy'] as string;
}

const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'id' || value?.kind === 'text' ? value.value : undefined;

describe('reports about persons, over HTTP', () => {
  it('name those who allow it to whom may see them, and put it on record', async () => {
    const willing = await worker.openServing('Willing');
    const silent = await worker.openServing('Silent');
    const hidden = await worker.openServing('Hidden');
    for (const { caseId } of [willing, hidden])
      await worker.record(`/${caseId}/consents`, { scope: 'publish_name', by: 'self', at: '2020-02-01' });
    const { position } = await worker.record(`/${hidden.caseId}/restrictions`, {
      to: [await idOf(worker)],
      reason: 'threats',
    });
    clock.forward(60);
    const listed = async (key: string): Promise<Record<string, string | undefined>> => {
      const asked = { asOf: '2020-02-27', minPosition: position };
      const rows = rowsOf(await reader.read('detainees', asked, key), 'detainees');
      const ours = new Set([willing, silent, hidden].map(({ caseId }) => caseId));
      return Object.fromEntries(
        rows
          .map((row) => [textOf(row['case']), textOf(row['name'])] as const)
          .filter(([caseId = '']) => ours.has(caseId)),
      );
    };
    expect(await listed(worker.key)).toStrictEqual({
      [willing.caseId]: 'Willing',
      [silent.caseId]: undefined,
      [hidden.caseId]: 'Hidden',
    });
    expect(await listed(colleague.key)).toStrictEqual({
      [willing.caseId]: 'Willing',
      [silent.caseId]: undefined,
    });
    const unnamed = (...cases: { caseId: string }[]): object =>
      Object.fromEntries(cases.map(({ caseId }) => [caseId, undefined]));
    expect(await listed(await service.keyFor('auditor'))).toStrictEqual(unnamed(willing, silent, hidden));
    expect(await listed(await service.keyFor('reporter'))).toStrictEqual(unnamed(willing, silent));

    const entries = await service.request<{ items: { type: string; caseIds: string[]; fields: string }[] }>(
      'GET',
      '/v1/access-log',
      { key: worker.key },
    );
    const named = entries.body.items.find(({ type, fields }) => type === 'ReportRead' && fields === 'person');
    expect(new Set(named?.caseIds)).toEqual(new Set([willing.caseId, hidden.caseId]));

    const withdrawn = await worker.record(`/${willing.caseId}/consents/withdrawals`, {
      scope: 'publish_name',
    });
    clock.forward(60);
    const then = { asOf: '2020-02-27', position };
    const later = await reader.read('detainees', { ...then, minPosition: withdrawn.position });
    expect(JSON.stringify(later)).not.toContain('Willing');
  });

  it('are not there about a case that is not there for whoever asks', async () => {
    const { caseId, position: minPosition } = await worker.openServing('Of one only');
    const of = (key: string, asked = {}) =>
      reader.ask<ProblemBody>('person', { caseId, asOf: AS_OF, minPosition, ...asked }, key);
    expect((await of(colleague.key)).status).toBe(200);
    await worker.record(`/${caseId}/restrictions`, {
      to: [await idOf(worker)],
      reason: 'threats',
    });
    expect((await of(worker.key)).status).toBe(200);
    for (const key of [colleague.key, await service.keyFor('reporter')]) {
      const refused = await of(key);
      expect(refused.status).toBe(404);
      expect(refused.body.code).toBe('case-not-found');
      // Figures about it alone would tell as much.
      expect((await reader.ask('monthly', { caseId }, key)).status).toBe(404);
    }
    expect((await reader.ask('monthly', { caseId: newId() })).status).toBe(404);
  });

  it('tell who a dossier is about by consent, and as it was known', async () => {
    const { caseId } = await worker.openServing('Of the dossier');
    clock.forward(60);
    const before = { caseId, asOf: '2020-02-27', knownAt: clock.now().toISOString() };
    clock.forward(60);
    const dossier = async (asked: Record<string, string>, key = worker.key): Promise<string> =>
      JSON.stringify((await reader.read('person', asked, key)).sections);
    expect(await dossier(before)).not.toContain('Of the dossier');
    await worker.record(`/${caseId}/consents`, { scope: 'dossier', by: 'family', at: '2020-02-01' });
    await worker.record(`/${caseId}/arrests`, { at: '2020-02-26' });
    const told = await dossier(before);
    expect(told).toContain('Of the dossier');
    // Of what is known since nothing is told.
    expect(told).not.toContain('2020-02-26');
    expect(await dossier(before, await service.keyFor('auditor'))).not.toContain('Of the dossier');
    const { position } = await worker.record(`/${caseId}/consents/withdrawals`, { scope: 'dossier' });
    const now = await dossier({ caseId, asOf: '2020-02-27', minPosition: position });
    expect(now).toContain('2020-02-26');
    for (const text of [now, await dossier(before)]) expect(text).not.toContain('Of the dossier');
  });

  it('say in a dossier of what is not told that it is recorded, and of what was erased that it was', async () => {
    const { caseId } = await worker.openServing('Of nobody');
    await worker.record(`/${caseId}/arrests`, { at: '2020-02-26', statedReason: 'a check' });
    const consent = { scope: 'dossier', by: 'self', at: '2020-02-01' };
    let { position: minPosition } = await worker.record(`/${caseId}/consents`, consent);
    const told = async (question: string, key: string): Promise<string> => {
      const { sections } = await reader.read('person', { caseId, asOf: '2020-02-27', minPosition }, key);
      const answers = sections.flatMap((section) => (section.kind === 'form' ? section.answers : []));
      return JSON.stringify(
        answers.filter((one) => one.question === question).flatMap(({ values }) => values),
      );
    };
    const auditor = await service.keyFor('auditor');
    expect(await told('arrest_reasons', worker.key)).toContain('a check');
    expect(await told('arrest_reasons', auditor)).toContain('without_consent');
    await carriedOutErasure(service, worker, caseId);
    minPosition = (await service.app.get(EventStore).head())!;
    for (const key of [worker.key, auditor]) {
      for (const question of ['arrest_reasons', 'name_as_recorded'])
        expect([question, await told(question, key)]).toEqual([
          question,
          expect.stringContaining('"erased"'),
        ]);
      expect(await told('arresting_forces', key)).toBe('[]');
    }
  });
});
