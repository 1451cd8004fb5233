import { expect } from '@jest/globals';
import { since, type HistoryEvent } from '../../support/caseworker.js';
import { eventually } from '../../support/eventually.js';
import type { WatchedService } from './watched-service.js';

/** Searches for the person of a case that was opened so, and for nobody, and asks about whoever is found. Gives the person's name. */
export async function askAbout(
  opened: HistoryEvent,
  caseId: string,
  watched: WatchedService,
): Promise<string> {
  const { marks } = watched;
  const name = (opened.data['person'] as { names: { form: string }[] }).names[0]!.form;
  expect((await watched.search(name)).body.items.map((item) => item.caseId)).toEqual([caseId]);
  const asked = `/v1/cases?name=${encodeURIComponent(name)}`;
  expect((await watched.caseworker.get<{ items: unknown[] }>(asked)).body.items).toHaveLength(1);
  for (const nobody of [marks.next(), marks.next()]) {
    expect((await watched.search(nobody)).body.items).toEqual([]);
    await watched.caseworker.get(`/v1/cases?name=${encodeURIComponent(nobody)}`, {
      'x-purpose': marks.latin(),
    });
    expect((await watched.search(nobody, watched.auditorKey)).status).toBe(403);
  }
  const { caseId: twin, position } = await watched.caseworker.record('', {
    person: { names: [{ form: name }], roles: [] },
  });
  const paths = [`/v1/cases/${twin}/similar`, '/v1/hearings', '/v1/releases/expected', '/v1/cases'];
  for (const path of paths) {
    const asked = `${path}?${since(position)}`;
    expect((await watched.caseworker.get(asked, { 'x-purpose': marks.latin() })).status).toBe(200);
  }
  const similar = await watched.caseworker.get(`/v1/cases/${twin}/similar`);
  expect(similar.text).toContain(name);
  const purpose = marks.latin();
  await watched.caseworker.get(`/v1/cases/${twin}`, { 'x-purpose': purpose });
  await eventually(async () => {
    const log = await watched.service.request('GET', '/v1/access-log', { key: watched.auditorKey });
    expect(log.text).toContain(purpose);
  });
  return name;
}
