import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { startService, type Service } from '../support/service.js';

interface CaseAnswer {
  caseId: string;
  revision: number;
  asOf: string;
  knownAt: string;
  closed: boolean;
  mergedFrom: string[];
  masked?: boolean;
  person: { names: { form: string }[]; roles: string[] };
  custody: { status: string; expectedRelease: unknown };
  totals: { sentences: number; daysInCustody: { min: number; max: number } };
  penalties: { penaltyId: string; kind: string }[];
}

interface Page {
  items: CaseAnswer[];
  next: string | null;
}

const clock = new FixedClock('2020-03-01T09:00:00.000Z');
let service: Service;
let caseworker: Caseworker;

beforeAll(async () => {
  service = await startService({ clock });
  caseworker = await Caseworker.of(service);
});

afterAll(() => service.close());

const idsOf = ({ items }: Page): string[] => items.map(({ caseId }) => caseId);
const fresh = (position: string): string => `minPosition=${encodeURIComponent(position)}`;

/** A case of somebody who is serving 15 days from 24 February 2020. */
async function serving(
  name = 'Somebody',
): Promise<{ caseId: string; detentionId: string; position: string }> {
  const caseId = await caseworker.open(name);
  const { ids } = await caseworker.record(`/${caseId}/arrests`, { at: '2020-02-24' });
  const { position } = await caseworker.record(`/${caseId}/sentences`, { at: '2020-02-25', days: 15 });
  return { caseId, detentionId: ids['detentionId']!, position };
}

describe('a case', () => {
  it('is answered as of today, with its revision as its tag', async () => {
    const { caseId, position } = await serving();
    const { status, headers, body } = await caseworker.get<CaseAnswer>(
      `/v1/cases/${caseId}?${fresh(position)}`,
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
    const { caseId, position } = await serving();
    const statusOn = async (asOf: string) =>
      (await caseworker.get<CaseAnswer>(`/v1/cases/${caseId}?asOf=${asOf}&${fresh(position)}`)).body.custody
        .status;
    expect(await statusOn('2020-02-23')).toBe('not_determinable');
    expect(await statusOn('2020-03-10')).toBe('in_custody_serving');
    expect(await statusOn('2020-03-11')).toBe('in_custody_overdue');
  });

  it('is answered as it was known at an earlier time', async () => {
    const { caseId } = await serving();
    clock.forward(60);
    const before = clock.now().toISOString();
    clock.forward(60);
    await caseworker.record(`/${caseId}/sentences`, { at: '2020-02-26', days: 10 });
    clock.forward(60);
    const knownAt = async (instant: string) =>
      (await caseworker.get<CaseAnswer>(`/v1/cases/${caseId}?knownAt=${encodeURIComponent(instant)}`)).body;

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
    const [loser, survivor] = [await serving('Dzmitry Kazlou'), await serving('Зміцер Казлоў')];
    const { position } = await caseworker.record(`/${loser.caseId}/merges`, {
      intoCaseId: survivor.caseId,
      reason: 'one person',
    });
    const { body } = await caseworker.get<CaseAnswer>(`/v1/cases/${loser.caseId}?${fresh(position)}`);
    expect(body).toMatchObject({
      caseId: survivor.caseId,
      mergedFrom: [loser.caseId],
      totals: { sentences: 2 },
    });

    const unmerged = await caseworker.record(`/${loser.caseId}/unmerges`, { reason: 'two after all' });
    const again = await caseworker.get<CaseAnswer>(`/v1/cases/${loser.caseId}?${fresh(unmerged.position)}`);
    expect(again.body).toMatchObject({ caseId: loser.caseId, mergedFrom: [], totals: { sentences: 1 } });
  });

  it('is shown to an auditor without what is personal, and not at all to the others', async () => {
    const { caseId, position } = await serving('Ales Krutkin');
    const path = `/v1/cases/${caseId}?${fresh(position)}`;
    const auditor = await service.request<CaseAnswer>('GET', path, { key: await service.keyFor('auditor') });
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
    const note = noted.events[0]!.eventId;
    const corrected = await caseworker.record(`/${caseId}/corrections`, {
      eventId: note,
      data: { text: 'right' },
      reason: 'misread',
    });
    const other = (await caseworker.record(`/${caseId}/notes`, { text: 'another' })).events[0]!.eventId;
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
      correctedBy: corrected.events[0]!.eventId,
    });
    expect(history[3]).toMatchObject({ voidedBy: voided.events[0]!.eventId });
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

describe('the list of cases', () => {
  it('is asked for by what is true of a case on a day', async () => {
    const campaignId = newId();
    const { caseId } = await serving();
    await caseworker.record(`/${caseId}/roles`, { role: 'human_rights_defender' });
    const { position } = await caseworker.record(`/${caseId}/charges`, {
      at: '2020-02-24',
      campaignId,
      provision: { code: 'BY-CoAO-2003', article: '23.34' },
    });
    const found = async (question: string) =>
      idsOf(
        (await caseworker.get<Page>(`/v1/cases?${question}&campaignId=${campaignId}&${fresh(position)}`))
          .body,
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

    const searched = await service.request<Page>('POST', '/v1/cases/search', {
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
    let path: string | undefined = `/v1/cases?campaignId=${campaignId}&limit=2&${fresh(position)}`;
    let pages = 0;
    while (path !== undefined) {
      const { headers, body }: { headers: Headers; body: Page } = await caseworker.get<Page>(path);
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
    const { position } = await serving('Pavel Sevyaryniets');
    const { text, body } = await service.request<Page>('GET', `/v1/cases?limit=200&${fresh(position)}`, {
      key: await service.keyFor('auditor'),
    });
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
          `/v1/hearings?from=${from}&to=${to}&${fresh(scheduled.position)}`,
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
    const { caseId, position } = await serving();
    const { body } = await caseworker.get<{ items: { caseId: string }[] }>(
      `/v1/releases/expected?from=2020-03-10&to=2020-03-10&${fresh(position)}`,
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
        const path = `/v1/cases?role=activist&limit=200&name=${encodeURIComponent(form)}&${fresh(position)}`;
        const found = idsOf((await caseworker.get<Page>(path)).body);
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
      `/v1/cases/${one}/similar?${fresh(other.position)}`,
    );
    const proposed = body.items.find(({ caseId }) => caseId === other.caseId);
    expect(proposed?.score).toBeGreaterThan(0);
    expect(proposed?.reasons.length).toBeGreaterThan(0);
    expect((await caseworker.get<CaseAnswer>(`/v1/cases/${one}`)).body).toMatchObject({
      caseId: one,
      mergedFrom: [],
    });
  });
});

describe('a question is refused, with a pointer,', () => {
  it.each([
    ['/v1/cases?status=free', '/query/status'],
    ['/v1/cases?role=king', '/query/role'],
    ['/v1/cases?finding=none', '/query/finding'],
    ['/v1/cases?campaignId=K1', '/query/campaignId'],
    ['/v1/cases?article=Some%20article', '/query/article'],
    ['/v1/cases?asOf=2020-02-30', '/query/asOf'],
    ['/v1/cases?asOf=2020-02', '/query/asOf'],
    ['/v1/cases?limit=0', '/query/limit'],
    ['/v1/cases?limit=201', '/query/limit'],
    ['/v1/cases?limit=ten', '/query/limit'],
    ['/v1/cases?limit=1e2', '/query/limit'],
    ['/v1/cases?cursor=abc', '/query/cursor'],
    ['/v1/cases?status=deceased&status=at_liberty', '/query/status'],
    ['/v1/cases?surprise=1', '/query/surprise'],
    ['/v1/cases?__proto__=1', '/query/__proto__'],
    ['/v1/cases?knownAt=2020-02-01T00:00:00Z', '/query/knownAt'],
    ['/v1/cases/K1', '/params/caseId'],
    [`/v1/cases/${newId()}?asOf=today`, '/query/asOf'],
    [`/v1/cases/${newId()}?knownAt=2020-02-01`, '/query/knownAt'],
    [`/v1/cases/${newId()}?knownAt=2020-02-01T00:00:00`, '/query/knownAt'],
    [`/v1/cases/${newId()}?knownAt=2090-01-01T00:00:00Z`, '/query/knownAt'],
    ['/v1/cases/K1/events', '/params/caseId'],
    ['/v1/hearings?from=soon', '/query/from'],
    ['/v1/releases/expected?to=2020-13-01', '/query/to'],
  ])('%s', async (path, pointer) => {
    const { status, headers, body } = await caseworker.get<Refused>(path);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body.errors?.map((error) => error.pointer)).toContain(pointer);
  });

  it('also where it comes in a body', async () => {
    const { status, body } = await service.request<Refused>('POST', '/v1/cases/search', {
      body: { limit: '10', cursor: 'abc', surprise: 1 },
      key: caseworker.key,
    });
    expect(status).toBe(400);
    expect(new Set(body.errors?.map(({ pointer }) => pointer))).toEqual(
      new Set(['/body/cursor', '/body/limit', '/body/surprise']),
    );
  });
});
