import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Caseworker, newId, type Refused } from '../support/caseworker.js';
import { over150, RegisterDesk } from '../support/register-desk.js';
import { watched } from '../support/watched.js';

const desk = new RegisterDesk();
const head = () => desk.head();
beforeAll(() => desk.start());
afterAll(() => desk.service.close());

describe('a command to the register', () => {
  const body = { name: 'Spring', period: '2020-03/2020-05' };

  it('is carried out once, however often it is sent with its key', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await desk.send('campaigns', body, headers);
    const again = await desk.send('campaigns', body, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect([first, again].map((reply) => reply.headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect(first.headers.get('location')).toBe(`/v1/campaigns/${first.body.ids['campaignId']}`);
    const other = await watched(
      () => desk.send<Refused>('campaigns', { ...body, name: 'Summer' }, headers),
      head,
    );
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    const elsewhere = await watched(() => desk.send<Refused>('estimates', over150, headers), head);
    expect(elsewhere).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
  });

  it('is refused where the campaign has moved on', async () => {
    const { ids, events } = await desk.record('campaigns', body);
    const path = `campaigns/${ids['campaignId']}/voids`;
    const voiding = { eventId: events[0]!.eventId, reason: 'duplicate' };
    const stale = await watched(() => desk.send<Refused>(path, voiding, { 'if-match': '"3"' }), head);
    expect(stale).toMatchObject({ status: 412, body: { code: 'stale-revision' } });
    expect(await desk.send(path, voiding, { 'if-match': '"0"' })).toMatchObject({ status: 201 });
  });

  it('meets the others that are sent at the same time', async () => {
    const { campaignId: parentId } = (await desk.record('campaigns', body)).ids;
    const replies = await Promise.all(
      Array.from({ length: 8 }, () => desk.send<Refused>('campaigns', { ...body, parentId, ordinal: 1 })),
    );
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201, 409, 409, 409, 409, 409, 409, 409,
    ]);
  });

  it('may name what a case names already, and a case what is not recorded', async () => {
    const caseworker = Caseworker.with(desk.service, desk.key);
    const campaignId = newId();
    const caseId = await caseworker.open();
    await caseworker.record(`/${caseId}/arrests`, { at: '2020-03-01', campaignId });
    expect(await desk.send('campaigns', { campaignId, ...body })).toMatchObject({
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
    const reply = await watched(() => desk.send<Refused>(path, sent), head);
    expect([reply.status, reply.body.code, reply.body.errors?.[0]?.pointer]).toEqual([status, code, pointer]);
  });

  it.each([
    ['knownAt=2020-02-10', '/query/knownAt'],
    ['knownAt=2999-01-01T00:00:00Z', '/query/knownAt'],
    ['minPosition=9999', '/query/minPosition'],
  ])('and so is a question with %s', async (asked, pointer) => {
    const { status, body: problem } = await desk.service.request<Refused>('GET', `/v1/campaigns?${asked}`, {
      key: desk.key,
    });
    expect([status, problem.errors?.[0]?.pointer]).toEqual([400, pointer]);
  });
});
