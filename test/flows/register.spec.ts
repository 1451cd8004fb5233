import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { LedgerReader } from '../../src/ledger/ledger-reader.js';
import { RegisterBook } from '../../src/register/register-book.js';
import { since, type HistoryEvent } from '../support/caseworker.js';
import { over150, RegisterDesk, statement, type CampaignAnswer } from '../support/register-desk.js';

const desk = new RegisterDesk();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-register-'));
  await desk.start(folder);
});

afterAll(async () => {
  await desk.service.close();
  await rm(folder, { recursive: true, force: true });
});

const provision = { code: 'BY-CoAO-2003', article: '23.34' };

// One story in its order: what the statement says, then a correction.
describe('what the statement says of the repression', () => {
  const period = '2019-11/2020-02';
  let campaignId: string;
  let estimateId: string;
  let knownBefore: string;

  it('is a campaign with two waves', async () => {
    const defined = { name: 'Autumn and winter 2019', period, sources: [statement], remark: 'as told' };
    campaignId = (await desk.record('campaigns', defined)).ids['campaignId']!;
    await desk.record('campaigns', {
      name: 'Integration with Russia',
      period: '2019-12',
      trigger: 'talks on integration with Russia',
      parentId: campaignId,
      ordinal: 2,
    });
    const { position } = await desk.record('campaigns', {
      name: 'Parliamentary election',
      period: '2019-11',
      trigger: 'the parliamentary election',
      parentId: campaignId,
      ordinal: 1,
    });
    const [campaign, ...others] = await desk.campaigns(`?${since(position)}`);
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
    estimateId = (await desk.record('estimates', { ...over150, campaignId })).ids['estimateId']!;
    await desk.record('estimates', {
      ...over150,
      predicate: 'detained',
      quantity: { op: 'about', word: 'dozens' },
    });
    const { items } = await desk.get<{ items: object[] }>(`estimates?campaignId=${campaignId}`);
    const { sources: _, ...said } = over150;
    expect(items).toEqual([expect.objectContaining({ estimateId, campaignId, ...said })]);
    expect(await desk.get(`estimates/${estimateId}`)).toEqual(items[0]);
    expect((await desk.get<{ items: object[] }>('estimates')).items).toHaveLength(2);
  });

  it('and three calls', async () => {
    const addressee = 'the authorities of Belarus';
    const calls = [
      { kind: 'terminate_proceedings', addressee, scope: { provision, campaignId } },
      { kind: 'release_unconditional', addressee, scope: { campaignId } },
      { kind: 'withdraw_fines', addressee, scope: {} },
    ];
    for (const call of calls) await desk.record('recommendations', call);
    const { items } = await desk.get<{ items: { recommendationId: string }[] }>('recommendations');
    expect(items).toEqual(calls.map((call) => expect.objectContaining(call)));
    expect(await desk.get(`recommendations/${items[0]!.recommendationId}`)).toEqual(items[0]);
  });

  it('which a reporter and an auditor read, too, and only a caseworker writes', async () => {
    const asCaseworker = await desk.campaigns();
    for (const role of ['auditor', 'reporter'] as const) {
      const theirs = await desk.service.keyFor(role);
      expect((await desk.get<{ items: unknown }>('campaigns', theirs)).items).toEqual(asCaseworker);
      const refused = await desk.service.request('POST', '/v1/campaigns', {
        key: theirs,
        body: { name: 'x', period },
      });
      expect(refused.status).toBe(403);
    }
  });

  it('is corrected, and was known otherwise before', async () => {
    knownBefore = desk.clock.now().toISOString();
    const before = await desk.campaigns();
    desk.clock.forward(60);
    const { events } = await desk.stored().then((all) => ({
      events: all.filter(({ stream }) => stream.endsWith(campaignId)),
    }));
    const correction = {
      eventId: events[0]!.eventId,
      data: { name: 'The winter of 2019', period, remark: 'after all' },
      reason: 'their own name for it',
    };
    const { revision, ids } = await desk.record(`campaigns/${campaignId}/corrections`, correction);
    expect({ revision, ids }).toEqual({ revision: 1, ids: { campaignId } });
    const now = await desk.service.request<CampaignAnswer>('GET', `/v1/campaigns/${campaignId}`, {
      key: desk.key,
    });
    expect(now.headers.get('etag')).toBe('"1"');
    expect(now.body).toMatchObject({ name: 'The winter of 2019', revision: 1, waves: [{}, {}] });
    expect(await desk.campaigns(`?knownAt=${knownBefore}`)).toEqual(before);
    expect(await desk.campaigns('?knownAt=2020-02-01T00:00:00Z')).toEqual([]);
  });

  it('and all of it, the words too, is in the history', async () => {
    const path = `campaigns/${campaignId}/events`;
    const { items } = await desk.get<{ items: HistoryEvent[] }>(path);
    const [defined, corrected] = items;
    expect(items).toHaveLength(2);
    expect(defined).toMatchObject({
      type: 'CampaignDefined',
      correctedBy: corrected!.eventId,
      data: { remark: 'as told', sources: [statement] },
    });
    expect(corrected!.data).toMatchObject({ reason: 'their own name for it', data: { remark: 'after all' } });
    const masked = await desk.get<{ masked: boolean }>(path, await desk.service.keyFor('auditor'));
    expect(masked.masked).toBe(true);
    const text = JSON.stringify(masked);
    for (const words of ['as told', 'after all', 'their own name for it', statement.citation])
      expect(text).not.toContain(words);
    expect(text).toContain('The winter of 2019');
  });

  it('is voided, and then stands in the history only', async () => {
    const { eventId } = await desk.get<{ eventId: string }>(`estimates/${estimateId}`);
    await desk.record(`estimates/${estimateId}/voids`, { eventId, reason: 'duplicate' });
    const { status, body } = await desk.service.request('GET', `/v1/estimates/${estimateId}`, {
      key: desk.key,
    });
    expect([status, body['code']]).toEqual([404, 'not-in-register']);
    const { items } = await desk.get<{ items: HistoryEvent[] }>(`estimates/${estimateId}/events`);
    expect(items).toMatchObject([{ voidedBy: items[1]!.eventId }, { type: 'EventVoided' }]);
    expect(
      (await desk.get<{ estimateId: string }>(`estimates/${estimateId}?knownAt=${knownBefore}`)).estimateId,
    ).toBe(estimateId);
  });

  it('is as it was at any position of the store, for whoever makes a report', async () => {
    const book = new RegisterBook(desk.service.app.get(EventStore), desk.service.app.get(LedgerReader));
    const events = await desk.stored();
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
    expect(await book.load()).toEqual(await desk.service.app.get(RegisterBook).load());
  });

  it('is told in the change feed, with its own id and without the words', async () => {
    const reporter = await desk.service.keyFor('reporter');
    const { text } = await desk.service.request('GET', '/v1/events', { key: reporter });
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toHaveLength((await desk.stored()).length);
    expect(entries[0]).toMatchObject({
      campaignId,
      type: 'CampaignDefined',
      data: { name: 'Autumn and winter 2019' },
    });
    expect(entries[0]).not.toHaveProperty('caseId');
    for (const words of ['as told', 'after all', statement.citation]) expect(text).not.toContain(words);
    const estimates = await desk.service.request('GET', '/v1/events?types=EstimateRecorded', {
      key: reporter,
    });
    expect(estimates.text.trim().split('\n')).toHaveLength(2);
    const lease = await desk.service.request<{ entries: object[] }>('POST', '/v1/consumers/register/lease', {
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
    const before = [await desk.campaigns(), await desk.get('estimates'), await desk.get('recommendations')];
    await desk.service.close();
    await desk.start(folder);
    expect([await desk.campaigns(), await desk.get('estimates'), await desk.get('recommendations')]).toEqual(
      before,
    );
    const { items } = await desk.get<{ items: HistoryEvent[] }>(`campaigns/${campaignId}/events`);
    expect(items[0]!.data).toMatchObject({ remark: 'as told' });
  });
});
