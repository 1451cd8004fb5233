import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditor, type LogEntry } from '../support/access-log.js';
import { Caseworker, newId, since } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';
import { refuseAppends } from '../support/unwilling-store.js';

const NAME = 'Dzmitry Kazlou';

let service: Service;
let caseworker: Caseworker;
let auditor: Auditor;
let caseId: string;
let position: string;
let principalId: string;

beforeAll(async () => {
  service = await startService();
  caseworker = await Caseworker.of(service);
  auditor = await Auditor.of(service);
  ({ caseId, position } = await caseworker.openServing(NAME));
  await caseworker.get(`/v1/cases/${caseId}?${since(position)}`, { 'x-correlation-id': 'first' });
  ({ principalId } = await auditor.of('first'));
});

afterAll(() => service.close());

describe('who was shown what stands in the access log:', () => {
  it.each([
    ['CaseRead', 'GET /v1/cases/:caseId', 'all', () => `/v1/cases/${caseId}`],
    ['CaseHistoryRead', 'GET /v1/cases/:caseId/events', 'all', () => `/v1/cases/${caseId}/events`],
    ['CaseHistoryRead', 'GET /v1/cases/:caseId/replay', 'all', () => `/v1/cases/${caseId}/replay`],
    ['CasesListed', 'GET /v1/cases', 'all', () => '/v1/cases'],
    ['ReleasesListed', 'GET /v1/releases/expected', 'none', () => '/v1/releases/expected'],
    ['HearingsListed', 'GET /v1/hearings', 'none', () => '/v1/hearings'],
    ['SimilarCasesRead', 'GET /v1/cases/:caseId/similar', 'none', () => `/v1/cases/${caseId}/similar`],
  ])('%s, %s', async (type, route, fields, path) => {
    const entry = await auditor.entryOf((headers) => caseworker.get(path(), headers));
    const caseIds = fields === 'none' && !path().includes(caseId) ? [] : [caseId];
    expect(entry).toMatchObject({ type, route, fields, caseIds, principalId });
  });

  it('a search, of which the name is not kept', async () => {
    const entry = await auditor.entryOf((headers) =>
      service.request('POST', '/v1/cases/search', { body: { name: NAME }, headers, key: caseworker.key }),
    );
    expect(entry).toMatchObject({ type: 'CasesSearched', fields: 'all', caseIds: [caseId] });
    expect(JSON.stringify(entry)).not.toContain('Kazlou');
  });

  it('people by name only, where no more of them is shown', async () => {
    const twin = await caseworker.openServing('Дзмітрый Казлоў');
    const entry = await auditor.entryOf((headers) =>
      caseworker.get(`/v1/cases/${twin.caseId}/similar?${since(twin.position)}`, headers),
    );
    expect(entry).toMatchObject({ type: 'SimilarCasesRead', fields: 'person' });
    expect(new Set(entry.caseIds)).toEqual(new Set([twin.caseId, caseId]));
  });

  it('a case merged into another under both ids', async () => {
    const [kept, gone] = [await caseworker.open('Uladzimir'), await caseworker.open('Vladimir')];
    const merged = await caseworker.record(`/${gone}/merges`, { intoCaseId: kept, reason: 'the same man' });
    const entry = await auditor.entryOf((headers) =>
      caseworker.get(`/v1/cases/${gone}?${since(merged.position)}`, headers),
    );
    expect(new Set(entry.caseIds)).toEqual(new Set([kept, gone]));
    const found = await auditor.entries(`?caseId=${gone}`);
    expect(found.map(({ entryId }) => entryId)).toContain(entry.entryId);
  });

  it('what an auditor sees without what is personal', async () => {
    const entry = await auditor.entryOf((headers) =>
      service.request('GET', `/v1/cases/${caseId}`, { headers, key: auditor.key }),
    );
    expect(entry).toMatchObject({ type: 'CaseRead', fields: 'masked', caseIds: [caseId] });
    expect(entry.principalId).not.toBe(principalId);
  });

  it('that somebody has read the log', async () => {
    const id = newId();
    const headers = { 'x-correlation-id': id };
    await service.request('GET', `/v1/access-log?caseId=${caseId}`, { headers, key: auditor.key });
    await eventually(async () => {
      const { body } = await auditor.page();
      const found = body.items.find(({ correlationId }) => correlationId === id);
      expect(found).toMatchObject({ type: 'AccessLogRead', fields: 'none', caseIds: [caseId] });
    });
  });
});

describe('a purpose', () => {
  it('is shown to the auditor and lies sealed on the disk', async () => {
    const purpose = 'візіт адваката: 50% / Žodzina';
    const entry = await auditor.entryOf((headers) =>
      caseworker.get(`/v1/cases/${caseId}`, { ...headers, 'x-purpose': encodeURIComponent(purpose) }),
    );
    expect(entry.purpose).toBe(purpose);
    for (const text of ['Žodzina', 'адваката', encodeURIComponent('візіт')])
      expect(filesWith(service.folder, text)).toEqual([]);
  });

  it('may be plain', async () => {
    const entry = await auditor.entryOf((headers) =>
      caseworker.get(`/v1/cases/${caseId}`, { ...headers, 'x-purpose': 'call of the mother' }),
    );
    expect(entry.purpose).toBe('call of the mother');
  });

  it.each(['100%', '%C3', ' %20 ', 'a%0Ab', '%E2%80%AE', 'x'.repeat(201)])(
    'is refused as %j, and nothing is shown',
    async (purpose) => {
      const reply = await caseworker.get(`/v1/cases/${caseId}`, { 'x-purpose': purpose });
      expect(problemIn(reply)).toMatchObject({
        status: 400,
        code: 'invalid-header',
        errors: [{ pointer: '/headers/x-purpose' }],
      });
      expect(reply.text).not.toContain('Kazlou');
    },
  );
});

describe('the purposes of who looked at a case that is erased', () => {
  const WORDS = 'call of Erasable Eds mother';
  const purposely = (headers: Record<string, string>) => ({
    ...headers,
    'x-purpose': encodeURIComponent(WORDS),
  });

  it('are withheld from the moment on that this is recorded, also of a list that showed others beside', async () => {
    const erased = await caseworker.openServing('Erasable Ed');
    const other = await caseworker.openServing('Somebody Else');
    const fresh = since(other.position);
    const look = (path: string) =>
      auditor.entryOf((headers) => caseworker.get(`/v1/cases${path}?${fresh}`, purposely(headers)));
    const [read, list, kept] = [
      await look(`/${erased.caseId}`),
      await look(''),
      await look(`/${other.caseId}`),
    ];
    expect([read, list, kept].map(({ purpose }) => purpose)).toEqual([WORDS, WORDS, WORDS]);

    await caseworker.record(`/${erased.caseId}/erasures`, { reason: 'he asks for it' });
    const approved = await service.request('POST', `/v1/cases/${erased.caseId}/erasures/approvals`);
    expect(approved.status).toBe(201);
    const own = await caseworker.get<{ items: LogEntry[] }>('/v1/access-log?limit=200');
    const later = await look(`/${erased.caseId}`);
    for (const items of [own.body.items, await auditor.entries('?limit=200')]) {
      const of = ({ entryId }: LogEntry) => items.find((item) => item.entryId === entryId)?.purpose;
      expect([of(read), of(list), of(kept)]).toEqual([{ erased: true }, { erased: true }, WORDS]);
    }
    expect(later.purpose).toEqual({ erased: true });
    const asked = await auditor.page(`?caseId=${erased.caseId}&limit=200`);
    expect(asked.body.items.length).toBeGreaterThanOrEqual(3);
    expect(asked.text).not.toContain('mother');
  });
});

describe('the log', () => {
  it('shows everybody but auditors what they did themselves, and nothing of others', async () => {
    const colleague = await Caseworker.joining(service);
    await colleague.get(`/v1/cases/${caseId}`, { 'x-correlation-id': 'colleague' });
    const theirs = await auditor.of('colleague');
    const own = await colleague.get<{ items: LogEntry[] }>('/v1/access-log?limit=200');
    expect(new Set(own.body.items.map((entry) => entry.principalId))).toEqual(new Set([theirs.principalId]));
    const other = await colleague.get(`/v1/access-log?principalId=${principalId}`);
    expect(problemIn(other)).toMatchObject({ status: 403, code: 'own-entries-only' });
    expect(other.body['items']).toBeUndefined();
    const admins = await service.request<{ items: LogEntry[] }>('GET', `/v1/access-log?caseId=${caseId}`);
    expect(admins.body.items).toEqual([]);
  });

  it('is asked by principal, by case and by time', async () => {
    const all = await auditor.entries('?limit=200');
    const mine = await auditor.entries(`?principalId=${principalId}&limit=200`);
    expect(mine.length).toBeGreaterThan(0);
    expect(new Set(mine.map((entry) => entry.principalId))).toEqual(new Set([principalId]));
    const at = all[3]!.at;
    const later = await auditor.entries(`?from=${at}&limit=200`);
    expect(later.every((entry) => entry.at >= at)).toBe(true);
    const earlier = await auditor.entries(`?to=${at}&limit=200`);
    expect(earlier.map(({ entryId }) => entryId)).toEqual(
      all.filter((entry) => entry.at < at).map(({ entryId }) => entryId),
    );
  });

  it('is paged without a gap and without a repeat', async () => {
    // What stands before an entry that is there is there.
    const end = (await auditor.entries())[0]!.at;
    const whole = (await auditor.page(`?limit=200&to=${end}`)).body.items;
    const paged: LogEntry[] = [];
    for (let query = `?limit=5&to=${end}`; query !== '';) {
      const { body, headers } = await auditor.page(query);
      paged.push(...body.items);
      const link = /<([^>]*)>; rel="next"/.exec(headers.get('link') ?? '')?.[1];
      expect(link === undefined).toBe(body.next === null);
      query = link?.replace('/v1/access-log', '') ?? '';
    }
    expect(paged).toEqual(whole);
  });

  it('waits for what it is to show', async () => {
    const { position: recorded } = await caseworker.openServing();
    expect((await auditor.page(`?${since(recorded)}`)).status).toBe(200);
  });

  it.each([
    ['?caseId=K1', '/query/caseId'],
    ['?principalId=me', '/query/principalId'],
    ['?from=2020-01-01', '/query/from'],
    ['?limit=201', '/query/limit'],
    ['?cursor=!', '/query/cursor'],
    ['?cursor=AAAA', '/query/cursor'],
    ['?name=Kazlou', '/query/name'],
  ])('is not asked with %s', async (query, pointer) => {
    const { status, errors } = problemIn(await auditor.page(query));
    expect(status).toBe(400);
    expect(errors?.map((error) => error.pointer)).toContain(pointer);
  });
});

describe('while nothing can be put on record,', () => {
  it('nothing is shown, and nothing said of what is there', async () => {
    const takeAgain = refuseAppends(service, 'access-');
    try {
      for (const path of [
        `/v1/cases/${caseId}`,
        '/v1/cases?limit=1',
        `/v1/cases/${caseId}/events`,
        `/v1/cases/${newId()}`,
      ]) {
        const reply = await caseworker.get(path);
        expect(problemIn(reply)).toMatchObject({ status: 503, code: 'access-log-unavailable' });
        expect(reply.headers.get('retry-after')).toBe('1');
        for (const said of ['etag', 'link', 'location']) expect(reply.headers.get(said)).toBeNull();
        expect(reply.text).not.toMatch(/Kazlou|protester|case-not-found/);
      }
    } finally {
      takeAgain();
    }
    expect((await caseworker.get(`/v1/cases/${caseId}`)).status).toBe(200);
  });

  it('facts are taken all the same', async () => {
    const takeAgain = refuseAppends(service, 'access-');
    try {
      expect((await caseworker.send(`/${caseId}/notes`, { text: 'seen' })).status).toBe(201);
    } finally {
      takeAgain();
    }
  });
});

it('the log disturbs neither the feed nor readiness', async () => {
  const key = await service.keyFor('reporter');
  const feed = await service.request('GET', '/v1/events', { key });
  expect(feed.text).not.toMatch(/CaseRead|AccessRefused|access-/);
  expect((await service.request('GET', '/health/ready')).status).toBe(200);
  const { body } = await service.request<{ items: { name: string; parked: number }[] }>(
    'GET',
    '/v1/projections',
  );
  expect(body.items).toEqual([
    expect.objectContaining({ name: 'cases', parked: 0 }),
    expect.objectContaining({ name: 'access-log', parked: 0 }),
  ]);
});

/** The files below a folder that hold a text. */
function filesWith(folder: string, text: string): string[] {
  try {
    return execFileSync('grep', ['-rlF', '--', text, folder]).toString().trim().split('\n');
  } catch (error) {
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}
