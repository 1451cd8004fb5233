import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { LedgerReader } from '../../src/ledger/ledger-reader.js';
import { RegisterBook } from '../../src/register/register-book.js';
import { REGISTER_STREAMS } from '../../src/register/register-stream.js';
import { Caseworker, newId, since, type HistoryEvent, type Refused } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { startService, type Reply, type Service } from '../support/service.js';
import { everything } from '../support/store-events.js';
import { watched } from '../support/watched.js';

interface Recorded {
  revision: number;
  position: string;
  events: { eventId: string; type: string }[];
  ids: Record<string, string>;
}

interface Campaign {
  campaignId: string;
  name: string;
  revision: number;
  waves: Campaign[];
}

const clock = new FixedClock('2020-02-10T09:00:00.000Z');
let folder: string;
let service: Service;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-register-'));
  service = await startService({ clock, folder });
  key = await service.keyFor('caseworker');
});

afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true, force: true });
});

const send = <T = Recorded>(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Reply<T>> => service.request<T>('POST', `/v1/${path}`, { body, headers, key });

async function record(path: string, body: object): Promise<Recorded> {
  const { status, body: answer, text } = await send(path, body);
  if (status !== 201) throw new Error(`${path} was answered ${status}: ${text}`);
  clock.forward(60);
  return answer;
}

async function get<T>(path: string, asKey = key): Promise<T> {
  const { status, body, text } = await service.request<T>('GET', `/v1/${path}`, { key: asKey });
  if (status !== 200) throw new Error(`${path} was answered ${status}: ${text}`);
  return body;
}

const campaigns = async (asked = '') => (await get<{ items: Campaign[] }>(`campaigns${asked}`)).items;
const stored = () => everything(service.app.get(EventStore), undefined, { prefixes: [...REGISTER_STREAMS] });
/** Of what stands in these streams: a refusal is put on record elsewhere. */
const head = async () => (await stored()).at(-1)?.position;

const statement = { citation: 'the statement of 7 February 2020', kind: 'organisation', confidential: false };
const over150 = {
  quantity: { op: 'gt', value: 150, word: 'over 150 people' },
  unit: 'persons',
  predicate: 'charged_and_fined',
  period: '2019-11/2020-01',
  estimator: 'local human rights defenders',
  relayedBy: 'the statement',
  asOf: '2020-02-07',
  sources: [statement],
};
const provision = { code: 'BY-CoAO-2003', article: '23.34' };

// One story in its order: what the statement says, then a correction.
describe('what the statement says of the repression', () => {
  const period = '2019-11/2020-02';
  let campaignId: string;
  let estimateId: string;
  let knownBefore: string;

  it('is a campaign with two waves', async () => {
    const defined = { name: 'Autumn and winter 2019', period, sources: [statement], remark: 'as told' };
    campaignId = (await record('campaigns', defined)).ids['campaignId']!;
    await record('campaigns', {
      name: 'Integration with Russia',
      period: '2019-12',
      trigger: 'talks on integration with Russia',
      parentId: campaignId,
      ordinal: 2,
    });
    const { position } = await record('campaigns', {
      name: 'Parliamentary election',
      period: '2019-11',
      trigger: 'the parliamentary election',
      parentId: campaignId,
      ordinal: 1,
    });
    const [campaign, ...others] = await campaigns(`?${since(position)}`);
    expect(others).toEqual([]);
    expect(campaign).toMatchObject({ campaignId, name: 'Autumn and winter 2019', revision: 0 });
    expect(campaign!.waves.map(({ name }) => name)).toEqual([
      'Parliamentary election',
      'Integration with Russia',
    ]);
    // Words are sealed; what is printed is not.
    expect(campaign).toMatchObject({ period, sources: [{ kind: 'organisation', confidential: false }] });
    expect(campaign).not.toHaveProperty('remark');
  });

  it('with an estimate of over 150 persons charged and fined, relayed from others', async () => {
    estimateId = (await record('estimates', { ...over150, campaignId })).ids['estimateId']!;
    await record('estimates', {
      ...over150,
      predicate: 'detained',
      quantity: { op: 'about', word: 'dozens' },
    });
    const { items } = await get<{ items: object[] }>(`estimates?campaignId=${campaignId}`);
    const { sources: _, ...said } = over150;
    expect(items).toEqual([expect.objectContaining({ estimateId, campaignId, ...said })]);
    expect(await get(`estimates/${estimateId}`)).toEqual(items[0]);
    expect((await get<{ items: object[] }>('estimates')).items).toHaveLength(2);
  });

  it('and three calls', async () => {
    const addressee = 'the authorities of Belarus';
    const calls = [
      { kind: 'terminate_proceedings', addressee, scope: { provision, campaignId } },
      { kind: 'release_unconditional', addressee, scope: { campaignId } },
      { kind: 'withdraw_fines', addressee, scope: {} },
    ];
    for (const call of calls) await record('recommendations', call);
    const { items } = await get<{ items: { recommendationId: string }[] }>('recommendations');
    expect(items).toEqual(calls.map((call) => expect.objectContaining(call)));
    expect(await get(`recommendations/${items[0]!.recommendationId}`)).toEqual(items[0]);
  });

  it('which a reporter and an auditor read, too, and only a caseworker writes', async () => {
    const asCaseworker = await campaigns();
    for (const role of ['auditor', 'reporter'] as const) {
      const theirs = await service.keyFor(role);
      expect((await get<{ items: unknown }>('campaigns', theirs)).items).toEqual(asCaseworker);
      const refused = await service.request('POST', '/v1/campaigns', {
        key: theirs,
        body: { name: 'x', period },
      });
      expect(refused.status).toBe(403);
    }
  });

  it('is corrected, and was known otherwise before', async () => {
    knownBefore = clock.now().toISOString();
    const before = await campaigns();
    clock.forward(60);
    const { events } = await stored().then((all) => ({
      events: all.filter(({ stream }) => stream.endsWith(campaignId)),
    }));
    const correction = {
      eventId: events[0]!.eventId,
      data: { name: 'The winter of 2019', period, remark: 'after all' },
      reason: 'their own name for it',
    };
    const { revision, ids } = await record(`campaigns/${campaignId}/corrections`, correction);
    expect({ revision, ids }).toEqual({ revision: 1, ids: { campaignId } });
    const now = await service.request<Campaign>('GET', `/v1/campaigns/${campaignId}`, { key });
    expect(now.headers.get('etag')).toBe('"1"');
    expect(now.body).toMatchObject({ name: 'The winter of 2019', revision: 1, waves: [{}, {}] });
    expect(await campaigns(`?knownAt=${knownBefore}`)).toEqual(before);
    expect(await campaigns('?knownAt=2020-02-01T00:00:00Z')).toEqual([]);
  });

  it('and all of it, the words too, is in the history', async () => {
    const path = `campaigns/${campaignId}/events`;
    const { items } = await get<{ items: HistoryEvent[] }>(path);
    const [defined, corrected] = items;
    expect(items).toHaveLength(2);
    expect(defined).toMatchObject({
      type: 'CampaignDefined',
      correctedBy: corrected!.eventId,
      data: { remark: 'as told', sources: [statement] },
    });
    expect(corrected!.data).toMatchObject({ reason: 'their own name for it', data: { remark: 'after all' } });
    const masked = await get<{ masked: boolean }>(path, await service.keyFor('auditor'));
    expect(masked.masked).toBe(true);
    const text = JSON.stringify(masked);
    for (const words of ['as told', 'after all', 'their own name for it', statement.citation])
      expect(text).not.toContain(words);
    expect(text).toContain('The winter of 2019');
  });

  it('is voided, and then stands in the history only', async () => {
    const { eventId } = await get<{ eventId: string }>(`estimates/${estimateId}`);
    await record(`estimates/${estimateId}/voids`, { eventId, reason: 'duplicate' });
    const { status, body } = await service.request('GET', `/v1/estimates/${estimateId}`, { key });
    expect([status, body['code']]).toEqual([404, 'not-in-register']);
    const { items } = await get<{ items: HistoryEvent[] }>(`estimates/${estimateId}/events`);
    expect(items).toMatchObject([{ voidedBy: items[1]!.eventId }, { type: 'EventVoided' }]);
    expect(
      (await get<{ estimateId: string }>(`estimates/${estimateId}?knownAt=${knownBefore}`)).estimateId,
    ).toBe(estimateId);
  });

  it('is as it was at any position of the store, for whoever makes a report', async () => {
    const book = new RegisterBook(service.app.get(EventStore), service.app.get(LedgerReader));
    const events = await stored();
    const sizes = [];
    for (const { position } of events) {
      const { campaigns: some, estimates, recommendations } = await book.load({ position });
      sizes.push([some.length, estimates.length, recommendations.length].join());
    }
    expect(sizes).toEqual([
      '1,0,0',
      '2,0,0',
      '3,0,0',
      '3,1,0',
      '3,2,0',
      '3,2,1',
      '3,2,2',
      '3,2,3',
      '3,2,3',
      '3,1,3',
    ]);
    expect(await book.load()).toEqual(await service.app.get(RegisterBook).load());
  });

  it('is told in the change feed, with its own id and without the words', async () => {
    const reporter = await service.keyFor('reporter');
    const { text } = await service.request('GET', '/v1/events', { key: reporter });
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toHaveLength((await stored()).length);
    expect(entries[0]).toMatchObject({
      campaignId,
      type: 'CampaignDefined',
      data: { name: 'Autumn and winter 2019' },
    });
    expect(entries[0]).not.toHaveProperty('caseId');
    for (const words of ['as told', 'after all', statement.citation]) expect(text).not.toContain(words);
    const estimates = await service.request('GET', '/v1/events?types=EstimateRecorded', { key: reporter });
    expect(estimates.text.trim().split('\n')).toHaveLength(2);
    const lease = await service.request<{ entries: object[] }>('POST', '/v1/consumers/register/lease', {
      key: reporter,
      body: { types: ['RecommendationIssued'], limit: 10 },
    });
    expect(lease.body.entries).toMatchObject([
      { recommendationId: expect.any(String) },
      { recommendationId: expect.any(String) },
      { recommendationId: expect.any(String) },
    ]);
  });

  it('is there after a restart', async () => {
    const before = [await campaigns(), await get('estimates'), await get('recommendations')];
    await service.close();
    service = await startService({ clock, folder });
    key = await service.keyFor('caseworker');
    expect([await campaigns(), await get('estimates'), await get('recommendations')]).toEqual(before);
    const { items } = await get<{ items: HistoryEvent[] }>(`campaigns/${campaignId}/events`);
    expect(items[0]!.data).toMatchObject({ remark: 'as told' });
  });
});

describe('a command to the register', () => {
  const body = { name: 'Spring', period: '2020-03/2020-05' };

  it('is carried out once, however often it is sent with its key', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await send('campaigns', body, headers);
    const again = await send('campaigns', body, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect([first, again].map((reply) => reply.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(first.headers.get('location')).toBe(`/v1/campaigns/${first.body.ids['campaignId']}`);
    const other = await watched(() => send<Refused>('campaigns', { ...body, name: 'Summer' }, headers), head);
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const elsewhere = await watched(() => send<Refused>('estimates', over150, headers), head);
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('is refused where the campaign has moved on', async () => {
    const { ids, events } = await record('campaigns', body);
    const path = `campaigns/${ids['campaignId']}/voids`;
    const voiding = { eventId: events[0]!.eventId, reason: 'duplicate' };
    const stale = await watched(() => send<Refused>(path, voiding, { 'if-match': '"3"' }), head);
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
    expect(await send(path, voiding, { 'if-match': '"0"' })).toMatchObject({ status: 201 });
  });

  it('meets the others that are sent at the same time', async () => {
    const { campaignId: parentId } = (await record('campaigns', body)).ids;
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => send<Refused>('campaigns', { ...body, parentId, ordinal: 1 })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409, 409, 409, 409, 409, 409,
    ]);
  });

  it('may name what a case names already, and a case what is not recorded', async () => {
    const caseworker = Caseworker.with(service, key);
    const campaignId = newId();
    const caseId = await caseworker.open();
    await caseworker.record(`/${caseId}/arrests`, { at: '2020-03-01', campaignId });
    expect(await send('campaigns', { campaignId, ...body })).toMatchObject({
      status: 201,
      body: { ids: { campaignId } },
    });
  });

  const unknown = newId();
  it.each([
    ['campaigns', { ...body, parentId: unknown }, 409, 'unknown-campaign', '/body/parentId'],
    ['campaigns', { ...body, period: '2019-13' }, 400, 'invalid-body', '/body/period'],
    ['campaigns', { ...body, caseId: unknown }, 400, 'invalid-body', '/body/caseId'],
    ['estimates', { ...over150, campaignId: unknown }, 409, 'unknown-campaign', '/body/campaignId'],
    ['estimates', { ...over150, predicate: 'beaten' }, 400, 'invalid-body', '/body/predicate'],
    [
      'estimates',
      { ...over150, quantity: { op: 'between', low: 9, high: 3 } },
      400,
      'invalid-body',
      '/body/quantity/high',
    ],
    ['estimates', { ...over150, quantity: { op: 'gt' } }, 400, 'invalid-body', '/body/quantity/value'],
    [
      'recommendations',
      { kind: 'withdraw_fines', addressee: 'all', scope: { provision: { code: 'XX', article: '1' } } },
      422,
      'unknown-provision',
      '/body/scope/provision',
    ],
    [
      `campaigns/${unknown}/voids`,
      { eventId: unknown, reason: 'duplicate' },
      404,
      'not-in-register',
      undefined,
    ],
  ] as const)('%s %j is refused: %s %s', async (path, sent, status, code, pointer) => {
    const reply = await watched(() => send<Refused>(path, sent), head);
    expect([reply.status, reply.body.code, reply.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
  });

  it.each([
    ['knownAt=2020-02-10', '/query/knownAt'],
    ['knownAt=2999-01-01T00:00:00Z', '/query/knownAt'],
    ['minPosition=9999', '/query/minPosition'],
  ])('and so is a question with %s', async (asked, pointer) => {
    const { status, body: problem } = await service.request<Refused>('GET', `/v1/campaigns?${asked}`, {
      key,
    });
    expect([status, problem.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
});
