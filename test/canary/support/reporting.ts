import { expect } from '@jest/globals';
import { REPORTS } from '../../../src/reports/content/content.js';
import { since } from '../../support/caseworker.js';
import { eventually } from '../../support/eventually.js';
import type { WatchedService } from './watched-service.js';

/** Records somebody who may be named, has every report made for those who see names and for those who do not, and issues one. */
export async function makeReports(watched: WatchedService): Promise<void> {
  const { marks } = watched;
  const name = `${marks.next()} ${marks.next()}`;
  const { caseId } = await watched.caseworker.record('', {
    person: { names: [{ form: name }], roles: [] },
    summary: marks.inProse(),
  });
  await watched.caseworker.record(`/${caseId}/arrests`, {
    at: '2020-01-05',
    place: { detail: marks.next() },
  });
  for (const scope of ['publish_name', 'dossier']) {
    await watched.caseworker.record(`/${caseId}/consents`, { scope, by: 'self' });
  }
  const { position } = await watched.caseworker.record(`/${caseId}/sentences`, {
    at: '2020-01-06',
    days: 15,
  });
  const report = (path: string, key: string): Promise<{ status: number; text: string }> =>
    eventually(async () => {
      const asked = `/v1/reports/${path}${path.includes('?') ? '&' : '?'}${since(position)}`;
      const reply = await watched.service.request('GET', asked, { key });
      expect([path, reply.status]).toEqual([path, 200]);
      return reply;
    });
  for (const path of ['detainees?asOf=2020-01-08', `person?caseId=${caseId}&asOf=2020-01-08`]) {
    expect((await report(path, watched.caseworker.key)).text).toContain(name);
    expect(marks.in((await report(path, watched.auditorKey)).text)).toEqual([]);
  }
  for (const [n, about] of REPORTS.filter((one) => one !== 'person' && one !== 'campaign').entries()) {
    const format = ['csv', 'html', 'xlsx', 'pdf'][n % 4];
    await report(`${about}?asOf=2020-01-08&lang=be&format=${format}`, watched.caseworker.key);
    expect(marks.in((await report(`${about}?asOf=2020-01-08`, watched.auditorKey)).text)).toEqual([]);
  }
  const issued = await watched.service.request('POST', '/v1/reports/issue', {
    key: watched.auditorKey,
    body: { report: 'monthly', asOf: '2020-01-08' },
  });
  expect(issued.status).toBe(201);
  expect(marks.in(issued.text)).toEqual([]);
}
