import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckView, IssueList } from '../../src/reports/issued/http/issued-answers.js';
import { SCHEDULE_PRINCIPAL } from '../../src/reports/schedule/scheduled.js';
import type { FeedEntry } from '../../src/reports/feed/feed-entry.js';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { MinskClock } from '../support/minsk-clock.js';
import { startService, type Service } from '../support/service.js';

let folder: string;
let reports: string;
const services: Service[] = [];

const start = async (instant: string): Promise<Service> => {
  const service = await startService({
    folder,
    clock: new MinskClock(instant),
    env: {
      HABEAS_REPORTS: reports,
      HABEAS_REPORTS_MONTHLY: 'due-process',
      HABEAS_REPORTS_LANGUAGES: 'be',
    },
  });
  services.push(service);
  return service;
};

const stopAll = async (): Promise<void> => {
  for (const service of services.splice(0)) await service.close();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-schedule-'));
  reports = join(folder, 'reports');
});
afterAll(async () => {
  await stopAll();
  await rm(folder, { recursive: true, force: true });
});

const issuesAt = async (service: Service): Promise<IssueList['items']> => {
  const key = await service.keyFor('reporter');
  return (await service.request<IssueList>('GET', '/v1/reports/issued', { key })).body.items;
};
const questions = (items: IssueList['items']): string[] =>
  items.map(({ report, basis }) => `${report} ${basis.asOf}`);

/** Until whoever has his turn has made all of it. */
const made = (groups: string[]): Promise<void> =>
  eventually(async () => {
    const there = (await readdir(reports)).filter((name) => name !== 'drafts');
    expect(there.toSorted()).toEqual(groups);
    for (const group of groups) expect(await readdir(join(reports, group))).toHaveLength(5);
  });

describe('reports on a schedule', () => {
  it('are issued once, whoever of two processes begins, and known to whoever follows', async () => {
    const one = await start('2020-02-10T09:00:00.000Z');
    // A file belongs to one process.
    const two = globalThis.STORES === 'elsewhere' ? await start('2020-02-10T09:00:00.000Z') : one;
    await (await Caseworker.of(one)).openServing();
    await made(['daily-2020-02-09', 'monthly-2020-01']);
    const items = await issuesAt(two);
    expect(questions(items)).toEqual(['due-process 2020-01-31', 'compliance 2020-02-09']);
    expect(items.map(({ issuedBy }) => issuedBy)).toEqual([SCHEDULE_PRINCIPAL, SCHEDULE_PRINCIPAL]);

    const key = await two.keyFor('reporter');
    const { text } = await two.request('GET', '/v1/events?types=ReportIssued', { key });
    const entries = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as FeedEntry);
    expect(entries.map(({ issueId }) => issueId)).toEqual(items.map(({ issueId }) => issueId));

    const [{ issueId }] = items as [IssueList['items'][number]];
    const check = await two.request<CheckView>('GET', `/v1/reports/issued/${issueId}/check`, { key });
    expect(check.body).toEqual({ issueId, equal: true, differences: [] });
    const file = join(reports, 'monthly-2020-01', 'habeas-due-process-2020-01-31.json');
    const issued = await two.request<{ content: object }>('GET', `/v1/reports/issued/${issueId}`, { key });
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(issued.body.content);
    expect(await readdir(join(reports, 'drafts'))).toEqual([]);
    expect((await one.request('GET', '/metrics')).text).toMatch(/^habeas_scheduled_reports_failing 0$/m);
    await stopAll();
  });

  it('are completed and made up for by the next start', async () => {
    await rm(join(reports, 'monthly-2020-01'), { recursive: true });
    const service = await start('2020-04-01T09:00:00.000Z');
    await made(['daily-2020-02-09', 'daily-2020-03-31', 'monthly-2020-02', 'monthly-2020-03']);
    expect(questions(await issuesAt(service)).slice(2)).toEqual([
      'due-process 2020-02-29',
      'due-process 2020-03-31',
      'compliance 2020-03-31',
    ]);
  });
});
