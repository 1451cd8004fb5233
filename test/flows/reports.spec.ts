import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../../src/cli/api.js';
import { sendStatement, type SentStatement } from '../../src/cli/demo/statement.js';
import type { ReportContent, Value } from '../../src/reports/content/content.js';
import { Gathering } from '../../src/reports/gathering/gathering.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { figuresIn } from '../support/reports/figures-in.js';
import { rowsOf } from '../support/reports/asking.js';
import { ReportReader } from '../support/reports/report-reader.js';
import type { ProblemBody } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';
import type { Role } from '../../src/security/roles.js';

const clock = new FixedClock('2020-02-08T09:00:00.000Z');
const AS_OF = '2020-02-07';
const CAMPAIGN = newId();
let service: Service;
let worker: Caseworker;
let reader: ReportReader;
let statement: SentStatement;
/** When the statement was all that was known. */
let statementKnown: string;

beforeAll(async () => {
  service = await startService({ clock, env: { HABEAS_REPORT_WAIT_SECONDS: '2' } });
  worker = await Caseworker.of(service);
  reader = new ReportReader(service, worker.key);
  statement = await sendStatement(new Api(service.url, worker.key));
  clock.forward(60);
  statementKnown = clock.now().toISOString();
  clock.forward(3_600);
});
afterAll(() => service.close());

/** Of single numbers, by the ids of their figures. */
const valuesIn = (report: ReportContent): Record<string, Value> =>
  Object.fromEntries(Object.entries(figuresIn(report)).map(([id, { value }]) => [id, value]));

const count = (value: number): Value => ({ kind: 'count', value });
const all = (since: string): Record<string, string> => ({ asOf: AS_OF, minPosition: since });

describe('reports over HTTP', () => {
  it('tell the figures of the statement, and of what they are', async () => {
    const report = await reader.read('monthly', all(statement.position));
    expect(report).toMatchObject({
      report: 'monthly',
      audience: 'internal',
      basis: { asOf: AS_OF, knownAt: clock.now().toISOString(), filters: {} },
    });
    expect(valuesIn(report)).toMatchObject({
      persons_documented: count(5),
      persons_sentenced: count(3),
      days_imposed_gross: { kind: 'range', unit: 'days', min: 165, max: 165 },
    });
    const dueProcess = await reader.read('due-process', all(statement.position));
    expect(rowsOf(dueProcess, 'denials_by_pretext')).toMatchObject([
      { pretext: { value: 'no_meeting_room' }, counsel_denials_by_pretext: count(2) },
    ]);
    expect(rowsOf(dueProcess, 'denials_by_result')).toContainEqual(
      expect.objectContaining({
        result: { kind: 'code', list: 'result', value: 'undetermined' },
        counsel_denials_by_result: count(2),
      }),
    );
    expect(valuesIn(dueProcess)).toMatchObject({
      condition_hours: { kind: 'range', unit: 'hours', min: 36 },
    });
  });

  it('do not change by what is recorded later, at an instant or at a position', async () => {
    const before = await reader.read('monthly', all(statement.position));
    const { basis } = before;
    clock.forward(60);
    const { caseId } = await worker.openServing('Later');
    const { position } = await worker.record(`/${caseId}/arrests`, { at: '2020-02-01' });
    const first = [...statement.caseIds.values()][0]!;
    await worker.record(`/${first}/arrests`, { at: '2020-01-02' });
    clock.forward(60);
    expect(valuesIn(await reader.read('monthly', all(position)))).toMatchObject({
      persons_documented: count(6),
    });

    const then = { asOf: AS_OF, knownAt: basis.knownAt, position: basis.position };
    const { text } = await reader.ask('monthly', then);
    expect(JSON.parse(text)).toEqual(before);
    expect((await reader.ask('monthly', then)).text).toBe(text);
    const known = await reader.read('monthly', { asOf: AS_OF, knownAt: statementKnown });
    expect(known.sections).toEqual(before.sections);
    const asOfPosition = await reader.read('monthly', { asOf: AS_OF, position: basis.position });
    expect(asOfPosition.sections).toEqual(before.sections);
    // What it says of itself is enough to have it again.
    const { asOf, knownAt, position: through } = known.basis;
    expect(await reader.read('monthly', { asOf, knownAt, position: through })).toEqual(known);
  });

  it('count persons whose files were merged once, and as long as they were', async () => {
    const [one, other] = [await worker.open('One'), await worker.open('The same')];
    await worker.record(`/${other}/arrests`, { at: '2020-02-01' });
    const { position } = await worker.record(`/${one}/arrests`, { at: '2020-02-01' });
    const { persons_documented: before } = valuesIn(await reader.read('monthly', all(position)));
    clock.forward(60);
    const apart = clock.now().toISOString();
    clock.forward(60);
    const merged = await worker.record(`/${one}/merges`, { intoCaseId: other, reason: 'the same' });
    expect(valuesIn(await reader.read('monthly', all(merged.position)))).toMatchObject({
      persons_documented: count((before as { value: number }).value - 1),
    });
    clock.forward(60);
    expect(valuesIn(await reader.read('monthly', { asOf: AS_OF, knownAt: apart }))).toMatchObject({
      persons_documented: before,
    });
  });

  it('are narrowed to a campaign that there is, and was', async () => {
    const campaign = { campaignId: CAMPAIGN, name: 'Winter', period: '2019-12/2020-02' };
    const defined = await service.request('POST', '/v1/campaigns', { body: campaign, key: worker.key });
    expect(defined.status).toBe(201);
    const caseId = await worker.open('In the campaign');
    const { position } = await worker.record(`/${caseId}/arrests`, {
      at: '2020-02-02',
      campaignId: CAMPAIGN,
    });
    clock.forward(60);
    const filtered = await reader.read('campaign', { ...all(position), campaignId: CAMPAIGN });
    expect(valuesIn(filtered)).toMatchObject({ arrests: count(1), persons_arrested: count(1) });
    expect(filtered.basis.filters).toEqual({ campaignId: CAMPAIGN });
    const unknown: Record<string, string>[] = [
      { campaignId: newId() },
      { campaignId: CAMPAIGN, knownAt: statementKnown },
    ];
    for (const asked of unknown) {
      const refused = await reader.ask<ProblemBody>('campaign', asked);
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({
        code: 'unknown-campaign',
        errors: [{ pointer: '/query/campaignId' }],
      });
    }
  });

  it('are for those who work with figures, in words that they take', async () => {
    for (const role of ['caseworker', 'auditor', 'reporter'] satisfies Role[])
      expect((await reader.ask('monthly', {}, await service.keyFor(role))).status).toBe(200);
    expect((await reader.ask('monthly', {}, service.adminKey)).status).toBe(403);

    const faults: [report: string, asked: Record<string, string>, pointer: string][] = [
      ['weekly', {}, '/params/report'],
      ['monthly', { asOf: '2020-02-30' }, '/query/asOf'],
      ['monthly', { knownAt: 'yesterday' }, '/query/knownAt'],
      ['monthly', { knownAt: clock.now().toISOString() }, '/query/knownAt'],
      ['monthly', { position: 'somewhere' }, '/query/position'],
      ['monthly', { position: statement.position.replace(/^0/, '9') }, '/query/position'],
      ['monthly', { minPosition: statement.position.replace(/^0/, '9') }, '/query/minPosition'],
      ['monthly', { from: '2020-02-02', to: '2020-02-01' }, '/query/to'],
      ['monthly', { role: 'king' }, '/query/role'],
      ['monthly', { region: 'Minsk' }, '/query/region'],
      ['monthly', { lang: 'fr' }, '/query/lang'],
      ['monthly', { format: 'doc' }, '/query/format'],
      ['monthly', { audience: 'all' }, '/query/audience'],
      ['person', {}, '/query/caseId'],
      ['campaign', {}, '/query/campaignId'],
      // It would say that it is of January, and be of the whole file.
      ['person', { caseId: newId(), from: '2020-01-01' }, '/query/from'],
      ['monthly', { article: 'BY-CoAO-2003/23.34/1' }, '/query/article'],
    ];
    for (const [report, asked, pointer] of faults) {
      const { status, body } = await reader.ask<ProblemBody>(report, asked);
      expect({ asked, status, errors: body.errors }).toMatchObject({ status: 400, errors: [{ pointer }] });
    }
  });

  it('are not of zeros where what they are to be narrowed to is misspelt', async () => {
    const misspelt: [asked: Record<string, string>, code: string, pointer: string, known: string][] = [
      [{ region: 'BY-MN' }, 'unknown-region', '/query/region', 'BY-HM'],
      [{ family: 'mass_event' }, 'unknown-family', '/query/family', 'mass_events'],
      [{ article: '24.2345' }, 'unknown-provision', '/query/article', 'BY-CoAO-2021'],
    ];
    for (const [asked, code, pointer, known] of misspelt) {
      const { status, body } = await reader.ask<ProblemBody>('monthly', asked);
      expect({ asked, status, code: body.code, errors: body.errors }).toMatchObject({
        status: 422,
        code,
        errors: [{ pointer, message: expect.stringContaining(known) as unknown }],
      });
    }
    // Of other countries it is not known which regions they have: then it is said that nothing was found.
    const { sections } = await reader.read('monthly', { ...all(statement.position), region: 'RU-MOW' });
    expect(sections.at(-1)).toMatchObject({
      notes: expect.arrayContaining(['filters_match_nothing']) as unknown,
    });
  });

  it('are for the public where they could be issued, and not of single persons', async () => {
    const [caseId = ''] = statement.caseIds.values();
    for (const [report, asked] of [
      ['person', { caseId }],
      ['detainees', {}],
      ['missing', {}],
      ['monthly', { caseId }],
    ] as const) {
      const { status, body } = await reader.ask<ProblemBody>(report, { ...asked, audience: 'public' });
      expect({ report, status, code: body.code }).toEqual({ report, status: 422, code: 'not-issuable' });
    }
    expect((await reader.ask('monthly', { audience: 'public' })).status).toBe(200);
  });

  it('are of an article of whichever code, or of one', async () => {
    const caseId = await worker.open('Charged');
    const provision = { code: 'BY-CoAO-2003', article: '23.34' };
    const { position } = await worker.record(`/${caseId}/charges`, {
      at: '2020-02-03',
      kind: 'administrative',
      provision,
    });
    const charges = async (article: string): Promise<unknown> =>
      valuesIn(await reader.read('monthly', { ...all(position), article }))['charges'];
    expect(await charges('23.34')).toEqual(count(1));
    expect(await charges('BY-CoAO-2003/23.34')).toEqual(count(1));
    expect(await charges('BY-CoAO-2021/23.34')).toEqual(count(0));
  });

  it('come as files in the form that is asked for', async () => {
    const asked = { asOf: AS_OF, lang: 'be' };
    const csv = await reader.ask('monthly', { ...asked, format: 'csv' });
    expect(csv.status).toBe(200);
    expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
    expect(csv.headers.get('content-disposition')).toBe(
      'attachment; filename="habeas-monthly-2020-02-07-be.csv"',
    );
    const accepting = await service.request('GET', '/v1/reports/monthly', {
      key: worker.key,
      headers: { accept: 'text/csv;q=0.5, text/html' },
    });
    expect(accepting.headers.get('content-type')).toMatch(/^text\/html/);
    expect(accepting.text).toContain('<svg');
  });

  it('that take longer are made meanwhile, and are to be had at an address of their own', async () => {
    const gathering = service.app.get(Gathering);
    const gather = gathering.gather.bind(gathering);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let made = 0;
    gathering.gather = async (order, news, signal) => {
      made += 1;
      const draft = await gather(order, news, signal);
      await gate;
      return draft;
    };
    try {
      const asked = { asOf: '2020-02-03', role: 'blogger' };
      const [one, other] = await Promise.all([
        reader.ask<{ done: number; total: number | null }>('monthly', asked),
        reader.ask('monthly', asked, (await Caseworker.joining(service)).key),
      ]);
      expect([one.status, other.status]).toEqual([202, 202]);
      expect(one.headers.get('retry-after')).toBe('2');
      expect(one.body.done).toBe(one.body.total);
      const place = one.headers.get('location') ?? '';
      expect(other.headers.get('location')).toBe(place);
      expect(new URL(place, service.url).searchParams.get('position')).toBeTruthy();
      open();
      const there = await service.request<ReportContent>('GET', place, { key: worker.key });
      expect(there.status).toBe(200);
      expect(there.body.basis.filters).toEqual({ role: 'blogger' });
      expect(made).toBe(1);
      gathering.gather = gather;
      const again = await service.request<ReportContent>('GET', place, { key: worker.key });
      expect(again.text).toBe(there.text);
    } finally {
      gathering.gather = gather;
      open();
    }
  });
});
