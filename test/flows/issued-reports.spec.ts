import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ReportContent, Value } from '../../src/reports/content/content.js';
import { habeas } from '../../src/cli/habeas.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { KeyClaims } from '../../src/recording/key-claims.js';
import { StreamRecorder } from '../../src/recording/stream-recorder.js';
import { Turns } from '../../src/recording/turns.js';
import { AskedFilters } from '../../src/reports/asking/asked-filters.js';
import { AskedStates } from '../../src/reports/asking/asked-states.js';
import { EarlierCells } from '../../src/reports/issued/earlier-cells.js';
import { IssuedReports } from '../../src/reports/issued/issued-reports.js';
import { IssueReport } from '../../src/reports/issued/issue-report.js';
import { PublicReports } from '../../src/reports/issued/public-reports.js';
import type { ReportIssued } from '../../src/reports/issued/report-issued.js';
import { PublicSources, type MadeSource } from '../../src/reports/issued/report-source.js';
import { SharedPlaces } from '../../src/reports/issued/shared-places.js';
import type { CommandEnvelope } from '../../src/security/command-envelope.js';
import { KeptCells } from '../../src/reports/issued/kept-cells.js';
import type {
  CheckView,
  IssuedView,
  IssueList,
  IssueView,
} from '../../src/reports/issued/http/issued-answers.js';
import { EventStore } from '../../src/event-store/event-store.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import type { ProblemBody } from '../support/problem.js';
import { figuresIn } from '../support/reports/figures-in.js';
import { quietTerminal } from '../support/quiet-terminal.js';
import { startService, type Reply, type Service } from '../support/service.js';
import { storesOf } from '../support/stores.js';

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

const MONTHLY = { report: 'monthly', asOf: '2020-03-01' } as const;

/** What the command line prints, and how it ends. */
async function check(issueId: string): Promise<{ code: number; out: string[]; said: string }> {
  const [out, said]: [string[], string[]] = [[], []];
  const env = {
    HABEAS_DATA: join(service.folder, 'data'),
    HABEAS_MASTER_KEY_FILE: join(service.folder, 'master.key'),
    ...(await storesOf(service.folder)),
  };
  const terminal = quietTerminal({
    out: (line) => void out.push(line),
    say: (line) => void said.push(line),
    env,
  });
  const code = await habeas(['report', 'check', issueId], terminal);
  return { code, out, said: said.join('\n') };
}

/** A process of its own on the same store: it takes no turns with the service. `held`: what happens while it works out its first report. */
function elsewhere(held: () => Promise<unknown>): { issuing: IssueReport; asked: () => number } {
  const { app } = service;
  let asked = 0;
  class Held extends PublicSources {
    override async of(...asking: Parameters<PublicSources['of']>): Promise<MadeSource> {
      const source = await app.get(PublicSources).of(...asking);
      if (asked++ === 0) await held();
      return source;
    }
  }
  const ledger = app.get(Ledger);
  const recorder = new StreamRecorder(new Turns(), ledger, app.get(KeyClaims, { strict: false }), clock);
  const issuing = new IssueReport(
    recorder,
    ledger,
    app.get(AskedStates),
    app.get(AskedFilters),
    new PublicReports(app.get(IssuedReports), app.get(EarlierCells), new Held()),
    app.get(SharedPlaces),
    app.get(KeptCells),
    clock,
  );
  return { issuing, asked: () => asked };
}

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

  it('are decided one beside the other though two processes issue at once', async () => {
    for (let n = 0; n < 5; n++) await worker.openServing();
    clock.forward(3_600);
    const knownAt = clock.now().toISOString();
    clock.forward(3_600);
    await worker.openServing();
    // Either of them could be printed by itself; they differ by one person.
    const alone = await get<ReportContent>(`monthly?asOf=2020-03-01&knownAt=${knownAt}&audience=public`);
    expect(figuresIn(alone)['arrests']?.value).toEqual(count(25));
    let one: IssueView | undefined;
    const { issuing, asked } = elsewhere(async () => (one = await issued(MONTHLY)));
    const envelope: CommandEnvelope = {
      principalId: newId(),
      roles: ['reporter'],
      correlationId: newId(),
    };
    const other = await issuing.issue({ ...MONTHLY, knownAt, filters: {} }, envelope);
    expect(asked()).toBe(2);
    expect(figuresIn(one!.content)['arrests']?.value).toEqual(count(26));
    expect(figuresIn(other.content)['arrests']?.value).toEqual(WITHHELD);
    const { items } = await get<IssueList>('issued');
    expect(items.slice(-2).map(({ issueId }) => issueId)).toEqual([one!.issueId, other.issueId]);
    for (const { issueId } of items.slice(-2))
      expect(await get<CheckView>(`issued/${issueId}/check`)).toMatchObject({ equal: true });
  });

  it('are refused by what stands in the body, and nothing is written', async () => {
    const before = await get<IssueList>('issued');
    const refused: [body: object, status: number, code: string, pointer: string][] = [
      [{ campaignId: newId() }, 422, 'unknown-campaign', '/body/campaignId'],
      [{ region: 'BY-MN' }, 422, 'unknown-region', '/body/region'],
      [{ family: 'mass_event' }, 422, 'unknown-family', '/body/family'],
      [{ article: '99.1' }, 422, 'unknown-provision', '/body/article'],
      [{ from: '2020-03-01', to: '2020-02-01' }, 400, 'invalid-body', '/body/to'],
      [{ report: 'campaign' }, 400, 'invalid-body', '/body/campaignId'],
      [{ knownAt: clock.now().toISOString() }, 400, 'invalid-body', '/body/knownAt'],
    ];
    for (const [body, status, code, pointer] of refused) {
      const reply = await issue<ProblemBody>({ ...MONTHLY, ...body });
      expect({ status: reply.status, body: reply.body }).toMatchObject({
        status,
        body: { code, errors: [{ pointer }] },
      });
    }
    expect(await get<IssueList>('issued')).toEqual(before);
  });

  it('are checked from the command line', async () => {
    expect(await check(first.issueId)).toEqual({
      code: 0,
      out: ['The report comes out of the store as it was printed, to the byte.'],
      said: '',
    });
    const unknown = await check(newId());
    expect(unknown).toMatchObject({ code: 1, out: [] });
    expect(unknown.said).toContain('no report was issued under this id');
  });

  describe('of which one was altered in the store', () => {
    const altered = newId();
    beforeAll(async () => {
      const ledger = service.app.get(Ledger);
      const events = await ledger.read('reports');
      const { revision, data, ...envelope } = events.at(-1)!;
      const content = structuredClone((data as ReportIssued).content);
      const figure = figuresIn(content)['persons_sentenced_repeatedly']!;
      Object.assign(figure, { value: count(3), n: 3, version: figure.version + 1 });
      const event = { eventId: newId(), type: 'ReportIssued', data: { ...data, issueId: altered, content } };
      await ledger.append('reports', [event], { ...envelope, causationId: newId() }, revision);
    });

    it('each figure is named that does not come out, with what is stored and what comes out', async () => {
      const { code, out, said } = await check(altered);
      expect(code).toBe(1);
      expect(said).toContain('The report does not come out of the store as it was printed.');
      const [zero, three] = [0, 3].map((value) => JSON.stringify(count(value)));
      expect(out).toHaveLength(3);
      expect(out.slice(0, 2)).toEqual([
        `penalties: persons_sentenced_repeatedly: stored ${three}, recomputed ${zero}`,
        `penalties: persons_sentenced_repeatedly, persons: stored ${three}, recomputed ${zero}`,
      ]);
      expect(out[2]).toContain('penalties: beside the values: stored');
    });

    it('no more are issued, for it is not known who is behind what it prints', async () => {
      const before = await get<IssueList>('issued');
      const { status, body } = await issue<ProblemBody>(MONTHLY);
      expect({ status, code: body.code }).toEqual({ status: 409, code: 'issue-not-repeatable' });
      expect(body.detail).toContain(altered);
      expect(await get<IssueList>('issued')).toEqual(before);
      // What was issued earlier does not rest on it.
      expect((await check(first.issueId)).code).toBe(0);
    });
  });
});
