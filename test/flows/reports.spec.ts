import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Api } from '../../src/cli/api.js';
import { sendStatement, type SentStatement } from '../../src/cli/demo/statement.js';
import { EventStore } from '../../src/event-store/event-store.js';
import type { ReportContent, Value } from '../../src/reports/content/content.js';
import { Gathering } from '../../src/reports/gathering/gathering.js';
import { carriedOutErasure } from '../support/carried-out-erasure.js';
import { Caseworker, newId } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import type { ProblemBody } from '../support/problem.js';
import { startService, type Reply, type Service } from '../support/service.js';
import type { Role } from '../../src/security/roles.js';

const clock = new FixedClock('2020-02-08T09:00:00.000Z');
const AS_OF = '2020-02-07';
const CAMPAIGN = newId();
let service: Service;
let worker: Caseworker;
let colleague: Caseworker;
let statement: SentStatement;
/** When the statement was all that was known. */
let statementKnown: string;

beforeAll(async () => {
  service = await startService({ clock, env: { HABEAS_REPORT_WAIT_SECONDS: '2' } });
  worker = await Caseworker.of(service);
  colleague = await Caseworker.joining(service);
  statement = await sendStatement(new Api(service.url, worker.key));
  clock.forward(60);
  statementKnown = clock.now().toISOString();
  clock.forward(3_600);
});
afterAll(() => service.close());

const ask = <T = ReportContent>(
  report: string,
  asked: Record<string, string> = {},
  key = worker.key,
): Promise<Reply<T>> =>
  service.request<T>('GET', `/v1/reports/${report}?${new URLSearchParams(asked).toString()}`, { key });

async function read(report: string, asked?: Record<string, string>, key?: string): Promise<ReportContent> {
  const { status, body, text } = await ask(report, asked, key);
  if (status !== 200) throw new Error(`${report} was answered ${status}: ${text}`);
  return body;
}

/** Values by the ids of their figures, of those that are single numbers. */
const figuresIn = ({ sections }: ReportContent): Record<string, Value> =>
  Object.fromEntries(
    sections.flatMap((section) =>
      section.kind === 'figures' ? section.figures.map(({ id, value }) => [id, value]) : [],
    ),
  );

const rowsOf = ({ sections }: ReportContent, table: string): Record<string, Value>[] =>
  sections.flatMap((section) =>
    section.kind === 'table' && section.id === table
      ? section.rows.map((row) =>
          Object.fromEntries(section.columns.map(({ id }, i): [string, Value] => [id, row[i]!])),
        )
      : [],
  );

const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === 'id' || value?.kind === 'text' ? value.value : undefined;

const count = (value: number): Value => ({ kind: 'count', value });
const all = (since: string): Record<string, string> => ({ asOf: AS_OF, minPosition: since });

describe('reports over HTTP', () => {
  it('tell the figures of the statement, and of what they are', async () => {
    const report = await read('monthly', all(statement.position));
    expect(report).toMatchObject({
      report: 'monthly',
      audience: 'internal',
      basis: { asOf: AS_OF, knownAt: clock.now().toISOString(), filters: {} },
    });
    expect(figuresIn(report)).toMatchObject({
      persons_documented: count(5),
      persons_sentenced: count(3),
      days_imposed_gross: { kind: 'range', unit: 'days', min: 165, max: 165 },
    });
    const dueProcess = await read('due-process', all(statement.position));
    expect(rowsOf(dueProcess, 'denials_by_pretext')).toMatchObject([
      { pretext: { value: 'no_meeting_room' }, counsel_denials_by_pretext: count(2) },
    ]);
    expect(rowsOf(dueProcess, 'denials_by_result')).toContainEqual(
      expect.objectContaining({
        result: { kind: 'code', list: 'result', value: 'undetermined' },
        counsel_denials_by_result: count(2),
      }),
    );
    expect(figuresIn(dueProcess)).toMatchObject({
      condition_hours: { kind: 'range', unit: 'hours', min: 36 },
    });
  });

  it('do not change by what is recorded later, at an instant or at a position', async () => {
    const before = await read('monthly', all(statement.position));
    const { basis } = before;
    clock.forward(60);
    const { caseId } = await worker.openServing('Later');
    const { position } = await worker.record(`/${caseId}/arrests`, { at: '2020-02-01' });
    const first = [...statement.caseIds.values()][0]!;
    await worker.record(`/${first}/arrests`, { at: '2020-01-02' });
    clock.forward(60);
    expect(figuresIn(await read('monthly', all(position)))).toMatchObject({ persons_documented: count(6) });

    const then = { asOf: AS_OF, knownAt: basis.knownAt, position: basis.position };
    const { text } = await ask('monthly', then);
    expect(JSON.parse(text)).toEqual(before);
    expect((await ask('monthly', then)).text).toBe(text);
    const known = await read('monthly', { asOf: AS_OF, knownAt: statementKnown });
    expect(known.sections).toEqual(before.sections);
    const asOfPosition = await read('monthly', { asOf: AS_OF, position: basis.position });
    expect(asOfPosition.sections).toEqual(before.sections);
    // What it says of itself is enough to have it again.
    const { asOf, knownAt, position: through } = known.basis;
    expect(await read('monthly', { asOf, knownAt, position: through })).toEqual(known);
  });

  it('count persons whose files were merged once, and as long as they were', async () => {
    const [one, other] = [await worker.open('One'), await worker.open('The same')];
    await worker.record(`/${other}/arrests`, { at: '2020-02-01' });
    const { position } = await worker.record(`/${one}/arrests`, { at: '2020-02-01' });
    const { persons_documented: before } = figuresIn(await read('monthly', all(position)));
    clock.forward(60);
    const apart = clock.now().toISOString();
    clock.forward(60);
    const merged = await worker.record(`/${one}/merges`, { intoCaseId: other, reason: 'the same' });
    expect(figuresIn(await read('monthly', all(merged.position)))).toMatchObject({
      persons_documented: count((before as { value: number }).value - 1),
    });
    clock.forward(60);
    expect(figuresIn(await read('monthly', { asOf: AS_OF, knownAt: apart }))).toMatchObject({
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
    const filtered = await read('campaign', { ...all(position), campaignId: CAMPAIGN });
    expect(figuresIn(filtered)).toMatchObject({ arrests: count(1), persons_arrested: count(1) });
    expect(filtered.basis.filters).toEqual({ campaignId: CAMPAIGN });
    const unknown: Record<string, string>[] = [
      { campaignId: newId() },
      { campaignId: CAMPAIGN, knownAt: statementKnown },
    ];
    for (const asked of unknown) {
      const refused = await ask<ProblemBody>('campaign', asked);
      expect(refused.status).toBe(422);
      expect(refused.body).toMatchObject({
        code: 'unknown-campaign',
        errors: [{ pointer: '/query/campaignId' }],
      });
    }
  });

  it('name those who allow it to whom may see them, and put it on record', async () => {
    const willing = await worker.openServing('Willing');
    const silent = await worker.openServing('Silent');
    const hidden = await worker.openServing('Hidden');
    for (const { caseId } of [willing, hidden])
      await worker.record(`/${caseId}/consents`, { scope: 'publish_name', by: 'self', at: '2020-02-01' });
    const me = await service.request<{ items: { principalId: string }[] }>('GET', '/v1/access-log', {
      key: worker.key,
    });
    const to = [me.body.items[0]!.principalId];
    const { position } = await worker.record(`/${hidden.caseId}/restrictions`, { to, reason: 'threats' });
    clock.forward(60);
    const listed = async (key: string): Promise<Record<string, string | undefined>> => {
      const asked = { asOf: '2020-02-27', minPosition: position };
      const rows = rowsOf(await read('detainees', asked, key), 'detainees');
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
    const later = await read('detainees', { ...then, minPosition: withdrawn.position });
    expect(JSON.stringify(later)).not.toContain('Willing');
  });

  it('are not there about a case that is not there for whoever asks', async () => {
    const { caseId } = await worker.openServing('Of one only');
    const of = (key: string, asked = {}) =>
      ask<ProblemBody>('person', { caseId, asOf: AS_OF, ...asked }, key);
    expect((await of(colleague.key)).status).toBe(200);
    const me = await service.request<{ items: { principalId: string }[] }>('GET', '/v1/access-log', {
      key: worker.key,
    });
    await worker.record(`/${caseId}/restrictions`, {
      to: [me.body.items[0]!.principalId],
      reason: 'threats',
    });
    expect((await of(worker.key)).status).toBe(200);
    for (const key of [colleague.key, await service.keyFor('reporter')]) {
      const refused = await of(key);
      expect(refused.status).toBe(404);
      expect(refused.body.code).toBe('case-not-found');
      // Figures about it alone would tell as much.
      expect((await ask('monthly', { caseId }, key)).status).toBe(404);
    }
    expect((await ask('monthly', { caseId: newId() })).status).toBe(404);
  });

  it('tell who a dossier is about by consent, and as it was known', async () => {
    const { caseId } = await worker.openServing('Of the dossier');
    clock.forward(60);
    const before = { caseId, asOf: '2020-02-27', knownAt: clock.now().toISOString() };
    clock.forward(60);
    const dossier = async (asked: Record<string, string>, key = worker.key): Promise<string> =>
      JSON.stringify((await read('person', asked, key)).sections);
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
      const { sections } = await read('person', { caseId, asOf: '2020-02-27', minPosition }, key);
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

  it('are for those who work with figures, in words that they take', async () => {
    for (const role of ['caseworker', 'auditor', 'reporter'] satisfies Role[])
      expect((await ask('monthly', {}, await service.keyFor(role))).status).toBe(200);
    expect((await ask('monthly', {}, service.adminKey)).status).toBe(403);

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
      const { status, body } = await ask<ProblemBody>(report, asked);
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
      const { status, body } = await ask<ProblemBody>('monthly', asked);
      expect({ asked, status, code: body.code, errors: body.errors }).toMatchObject({
        status: 422,
        code,
        errors: [{ pointer, message: expect.stringContaining(known) as unknown }],
      });
    }
    // Of other countries it is not known which regions they have: then it is said that nothing was found.
    const { sections } = await read('monthly', { ...all(statement.position), region: 'RU-MOW' });
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
      const { status, body } = await ask<ProblemBody>(report, { ...asked, audience: 'public' });
      expect({ report, status, code: body.code }).toEqual({ report, status: 422, code: 'not-issuable' });
    }
    expect((await ask('monthly', { audience: 'public' })).status).toBe(200);
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
      figuresIn(await read('monthly', { ...all(position), article }))['charges'];
    expect(await charges('23.34')).toEqual(count(1));
    expect(await charges('BY-CoAO-2003/23.34')).toEqual(count(1));
    expect(await charges('BY-CoAO-2021/23.34')).toEqual(count(0));
  });

  it('come as files in the form that is asked for', async () => {
    const asked = { asOf: AS_OF, lang: 'be' };
    const csv = await ask('monthly', { ...asked, format: 'csv' });
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
        ask<{ done: number; total: number | null }>('monthly', asked),
        ask('monthly', asked, colleague.key),
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
