import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseAnswerDto, CasePageDto } from '../../src/cases/http/answers/case-answer.dto.js';
import { Caseworker, newId, since } from '../support/caseworker.js';
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

const idsOf = ({ items }: CasePageDto): string[] => items.map(({ caseId }) => caseId);

describe('the list of cases', () => {
  it('is asked for by what is true of a case on a day', async () => {
    const campaignId = newId();
    const { caseId } = await caseworker.openServing();
    await caseworker.record(`/${caseId}/roles`, { role: 'human_rights_defender' });
    const { position } = await caseworker.record(`/${caseId}/charges`, {
      at: '2020-02-24',
      campaignId,
      provision: { code: 'BY-CoAO-2003', article: '23.34' },
    });
    const found = async (question: string) =>
      idsOf(
        (
          await caseworker.get<CasePageDto>(
            `/v1/cases?${question}&campaignId=${campaignId}&${since(position)}`,
          )
        ).body,
      );

    for (const question of [
      'status=in_custody_serving',
      'role=human_rights_defender',
      'article=23.34',
      'finding=unsourced',
    ]) {
      expect(await found(question)).toEqual([caseId]);
    }
    for (const question of [
      'status=at_liberty',
      'role=lawyer',
      'article=17.1',
      'finding=held_past_term',
      'asOf=2020-02-01',
    ]) {
      expect(await found(question)).toEqual([]);
    }
    expect(await found('asOf=2020-03-11&status=in_custody_overdue')).toEqual([caseId]);

    const searched = await service.request<CasePageDto>('POST', '/v1/cases/search', {
      body: { campaignId, article: '23.34', minPosition: position },
      key: caseworker.key,
    });
    expect(searched.status).toBe(200);
    expect(idsOf(searched.body)).toEqual([caseId]);
  });

  it('comes in pages, the newest change first, each telling where the next one is', async () => {
    const campaignId = newId();
    const opened: string[] = [];
    let position = '';
    for (let n = 0; n < 5; n++) {
      const caseId = await caseworker.open(`Person ${n}`);
      opened.unshift(caseId);
      ({ position } = await caseworker.record(`/${caseId}/arrests`, { at: '2020-02-01', campaignId }));
    }
    const met: string[] = [];
    let path: string | undefined = `/v1/cases?campaignId=${campaignId}&limit=2&${since(position)}`;
    let pages = 0;
    while (path !== undefined) {
      const { headers, body }: { headers: Headers; body: CasePageDto } =
        await caseworker.get<CasePageDto>(path);
      met.push(...idsOf(body));
      pages++;
      const link = headers.get('link');
      expect(link === null).toBe(body.next === null);
      path = link?.match(/^<([^>]+)>; rel="next"$/)?.[1];
    }
    expect(met).toEqual(opened);
    expect(pages).toBe(3);
  });

  it('shows an auditor ids and figures, and no name', async () => {
    const { position } = await caseworker.openServing('Pavel Sevyaryniets');
    const { text, body } = await service.request<CasePageDto>(
      'GET',
      `/v1/cases?limit=200&${since(position)}`,
      {
        key: await service.keyFor('auditor'),
      },
    );
    expect(body.items.length).toBeGreaterThan(0);
    expect(text).not.toContain('Sevyaryniets');
  });
});

describe('what is coming', () => {
  it('is the hearings that are planned', async () => {
    const caseId = await caseworker.open('Ales Krutkin');
    const { ids } = await caseworker.record(`/${caseId}/charges`, {});
    const hearing = { proceedingId: ids['proceedingId'], at: '2020-04-15', court: 'of Homiel' };
    const scheduled = await caseworker.record(`/${caseId}/hearings`, hearing);
    const within = async (from: string, to: string) =>
      (
        await caseworker.get<{ items: { hearingId: string }[] }>(
          `/v1/hearings?from=${from}&to=${to}&${since(scheduled.position)}`,
        )
      ).body.items;

    expect(await within('2020-04-15', '2020-04-15')).toEqual([
      {
        caseId,
        hearingId: scheduled.ids['hearingId'],
        proceedingId: hearing.proceedingId,
        person: { names: [{ form: 'Ales Krutkin' }], roles: ['protester'] },
        planned: { earliest: '2020-04-15', latest: '2020-04-15' },
        court: 'of Homiel',
      },
    ]);
    expect(await within('2020-04-16', '2020-04-30')).toEqual([]);
  });

  it('is the releases that are expected', async () => {
    const { caseId, position } = await caseworker.openServing();
    const { body } = await caseworker.get<{ items: { caseId: string }[] }>(
      `/v1/releases/expected?from=2020-03-10&to=2020-03-10&${since(position)}`,
    );
    expect(body.items).toContainEqual(
      expect.objectContaining({ caseId, expectedRelease: { earliest: '2020-03-10', latest: '2020-03-10' } }),
    );
  });
});

describe('cases that may be of the same person', () => {
  const { people } = JSON.parse(readFileSync(join(import.meta.dirname, '../cases/names.json'), 'utf8')) as {
    people: Record<string, string[]>;
  };

  it('are found under every form of the name, whichever was recorded, and nobody else is', async () => {
    const cases = new Map<string, string[]>();
    let position = '';
    for (const [person, forms] of Object.entries(people)) {
      for (const form of forms) {
        const body = { person: { names: [{ form }], roles: ['activist'] } };
        const opened = await caseworker.record('', body);
        cases.set(person, [...(cases.get(person) ?? []), opened.caseId]);
        position = opened.position;
      }
    }
    for (const [person, forms] of Object.entries(people)) {
      for (const form of forms) {
        const path = `/v1/cases?role=activist&limit=200&name=${encodeURIComponent(form)}&${since(position)}`;
        const found = idsOf((await caseworker.get<CasePageDto>(path)).body);
        expect(found.toSorted()).toEqual(expect.arrayContaining(cases.get(person)!));
        for (const [other, theirs] of cases) {
          if (other !== person) expect(found.filter((caseId) => theirs.includes(caseId))).toEqual([]);
        }
      }
    }
  });

  it('are proposed with a reason, and nothing is merged', async () => {
    const [one, other] = [
      await caseworker.open('Dzmitry Kazlou'),
      await caseworker.record('', {
        person: { names: [{ form: 'Зміцер Казлоў' }], roles: [] },
      }),
    ];
    const { body } = await caseworker.get<{ items: { caseId: string; score: number; reasons: string[] }[] }>(
      `/v1/cases/${one}/similar?${since(other.position)}`,
    );
    const proposed = body.items.find(({ caseId }) => caseId === other.caseId);
    expect(proposed?.score).toBeGreaterThan(0);
    expect(proposed?.reasons.length).toBeGreaterThan(0);
    expect((await caseworker.get<CaseAnswerDto>(`/v1/cases/${one}`)).body).toMatchObject({
      caseId: one,
      mergedFrom: [],
    });
  });
});
