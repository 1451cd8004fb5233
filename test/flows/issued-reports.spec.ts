import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Figure, ReportContent, Value } from '../../src/reports/content/content.js';
import { KeptCells } from '../../src/reports/issued/kept-cells.js';
import type {
  CheckView,
  IssuedView,
  IssueList,
  IssueView,
} from '../../src/reports/issued/http/issued-answers.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import type { ProblemBody } from '../support/problem.js';
import { startService, type Reply, type Service } from '../support/service.js';

const clock = new FixedClock('2020-03-10T09:00:00.000Z');
const WITHHELD: Value = { kind: 'withheld' };
const count = (value: number): Value => ({ kind: 'count', value });
let service: Service;
let worker: Caseworker;
let reporter: string;

beforeAll(async () => {
  service = await startService({ clock });
  worker = await Caseworker.of(service);
  reporter = await service.keyFor('reporter');
  for (let n = 0; n < 12; n++) await worker.openServing();
  // Two persons alone were fined.
  for (let n = 0; n < 2; n++) {
    const { caseId } = await worker.openServing();
    await worker.record(`/${caseId}/fines`, {
      at: '2020-02-25',
      amount: { value: '510.00', currency: 'BYN' },
    });
  }
});
afterAll(() => service.close());

const issue = <T = IssueView>(
  body: object,
  { key = reporter, headers = {} }: { key?: string; headers?: Record<string, string> } = {},
): Promise<Reply<T>> => service.request<T>('POST', '/v1/reports/issue', { body, key, headers });

async function issued(body: object): Promise<IssueView> {
  const { status, body: answer, text } = await issue(body);
  if (status !== 201) throw new Error(`the issue was answered ${status}: ${text}`);
  return answer;
}

const get = async <T>(path: string, key = reporter): Promise<T> =>
  (await service.request<T>('GET', `/v1/reports/${path}`, { key })).body;

const figuresIn = ({ sections }: ReportContent): Record<string, Figure> =>
  Object.fromEntries(
    sections.flatMap((section) =>
      section.kind === 'figures' ? section.figures.map((one) => [one.id, one]) : [],
    ),
  );

const MONTHLY = { report: 'monthly', asOf: '2020-03-01' };

describe('issued reports', () => {
  let first: IssueView;

  it('print totals as they are and withhold what few persons are behind', async () => {
    first = await issued(MONTHLY);
    const figures = figuresIn(first.content);
    expect(first.content.audience).toBe('public');
    expect(figures['arrests']).toMatchObject({ value: count(14), n: 14 });
    expect(figures['days_imposed_gross']).toMatchObject({ value: { min: 210, max: 210 }, n: 14 });
    expect(figures['fines']).toMatchObject({ value: WITHHELD, n: null });
    // 16 penalties are printed, so 14 of them must not be: the two that are left are the fines.
    expect(figures['penalties']).toMatchObject({ value: count(16), n: 14 });
    expect(figures['sentences']).toMatchObject({ value: WITHHELD, n: null });
    expect(figures['persons_sentenced_repeatedly']).toMatchObject({ value: count(0), n: 0 });
    expect(figures['term_least']).toMatchObject({ value: { kind: 'decimal', value: '15' } });
  });

  it('are what a report for the public says beforehand', async () => {
    const { sections } = await get<ReportContent>('monthly?asOf=2020-03-01&audience=public');
    expect(sections).toEqual(first.content.sections);
  });

  it('come out of the store as of then, to the byte, though more is known now', async () => {
    await worker.openServing();
    clock.forward(3_600);
    expect(await get<CheckView>(`issued/${first.issueId}/check`)).toEqual({
      issueId: first.issueId,
      equal: true,
      differences: [],
    });
    // One person more is not printed beside what was printed before.
    const { revised, differences } = await get<IssuedView>(`issued/${first.issueId}`, worker.key);
    expect(figuresIn(revised!)['arrests']).toMatchObject({ value: WITHHELD, n: null });
    expect(differences).toContainEqual({
      section: 'overview',
      place: 'arrests',
      before: count(14),
      after: WITHHELD,
    });
  });

  it('are held to all that was issued before: one, two persons more are withheld, five are printed', async () => {
    const second = await issued(MONTHLY);
    expect(figuresIn(second.content)['arrests']?.value).toEqual(WITHHELD);
    for (let n = 0; n < 4; n++) await worker.openServing();
    const third = await issued(MONTHLY);
    expect(figuresIn(third.content)['arrests']?.value).toEqual(count(19));
    expect((await get<CheckView>(`issued/${third.issueId}/check`)).equal).toBe(true);
    const { items } = await get<IssueList>('issued');
    expect(items.map(({ issueId }) => issueId)).toEqual([first, second, third].map(({ issueId }) => issueId));
  });

  it('are remembered, though who is behind them has to be worked out again', async () => {
    const kept = service.app.get(KeptCells);
    await kept.forget();
    await worker.openServing();
    const again = await issued(MONTHLY);
    expect(figuresIn(again.content)['arrests']?.value).toEqual(WITHHELD);
  });

  it('are answered again to a repeat', async () => {
    const headers = { 'idempotency-key': 'march' };
    const [one, two] = [await issue(MONTHLY, { headers }), await issue(MONTHLY, { headers })];
    expect(two.body).toEqual(one.body);
    expect(two.headers.get('idempotency-replayed')).toBe('true');
  });

  it('are none where persons are named or cases listed, and nothing is written', async () => {
    const before = await get<IssueList>('issued');
    for (const report of ['detainees', 'person', 'missing']) {
      const { status, body } = await issue<ProblemBody>({ report });
      expect({ status, code: body.code }).toEqual({ status: 422, code: 'not-issuable' });
    }
    expect((await issue({ ...MONTHLY, caseId: 'a0000000-0000-4000-8000-000000000001' })).status).toBe(400);
    expect((await issue(MONTHLY, { key: worker.key })).status).toBe(403);
    expect(await get<IssueList>('issued')).toEqual(before);
  });

  it('hold no id of a case, and nothing that is sealed', async () => {
    const stored = await service.app.get(EventStore).read('reports');
    const { items } = (await worker.get<{ items: { caseId: string }[] }>('/v1/cases?limit=200')).body;
    expect(items.length).toBeGreaterThan(10);
    for (const { payload } of stored) {
      expect(payload).not.toContain('"sealed"');
      for (const { caseId } of items) expect(payload).not.toContain(caseId);
    }
  });
});
