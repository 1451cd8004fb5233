import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Auditor } from '../support/access-log.js';
import { Caseworker, newId, since } from '../support/caseworker.js';
import { FixedClock } from '../support/fixed-clock.js';
import { problemIn } from '../support/problem.js';
import { startService, type Service } from '../support/service.js';

const A_DAY = 3;

describe('a caseworker whose day holds three cases', () => {
  const clock = new FixedClock('2026-11-22T08:00:00.000Z');
  let service: Service;
  let caseworker: Caseworker;
  const cases: string[] = [];
  let last = '';

  beforeAll(async () => {
    service = await startService({ clock, env: { HABEAS_CASES_PER_DAY: String(A_DAY) } });
    caseworker = await Caseworker.of(service);
    for (const name of ['Ales', 'Barys', 'Vasil', 'Hanna']) {
      const recorded = await caseworker.record('', {
        person: { names: [{ form: name }], roles: ['protester'] },
      });
      cases.push(recorded.caseId);
      last = recorded.position;
    }
    await service.request('POST', '/v1/cases/search', {
      body: { minPosition: last },
      key: await service.keyFor('auditor'),
    });
  });
  afterAll(() => service.close());

  const metric = async () =>
    Number(
      /^habeas_exfiltration_brake_total (\d+)/m.exec((await service.request('GET', '/metrics')).text)?.[1],
    );

  it('sees three, each as often as need be', async () => {
    for (const caseId of [...cases.slice(0, 3), ...cases.slice(0, 3)])
      expect((await caseworker.get(`/v1/cases/${caseId}`)).status).toBe(200);
    expect(await metric()).toBe(0);
  });

  it('is shown nothing of a fourth, by whatever route', async () => {
    const [, , , fourth] = cases;
    for (const path of [
      `/v1/cases/${fourth}`,
      `/v1/cases/${fourth}/events`,
      '/v1/cases?limit=1',
      '/v1/cases',
    ]) {
      const id = newId();
      const reply = await caseworker.get(path, { 'x-correlation-id': id });
      expect(problemIn(reply)).toMatchObject({ status: 429, code: 'too-many-cases' });
      expect(reply.text).not.toMatch(/Hanna|Ales|protester/);
      for (const said of ['etag', 'link']) expect(reply.headers.get(said)).toBeNull();
      expect(service.log).toContainEqual(
        expect.objectContaining({
          level: 'error',
          event: 'exfiltration brake',
          correlationId: id,
          mostADay: A_DAY,
        }),
      );
    }
    expect(await metric()).toBe(4);
  });

  it('and the refusal stands in the log, the read does not', async () => {
    const id = newId();
    await caseworker.get(`/v1/cases/${cases[3]}`, { 'x-correlation-id': id });
    const auditor = await Auditor.of(service);
    expect(await auditor.of(id)).toMatchObject({
      type: 'AccessRefused',
      status: 429,
      code: 'too-many-cases',
    });
    expect((await auditor.entries(`?caseId=${cases[3]}&limit=200`)).map(({ type }) => type)).not.toContain(
      'CaseRead',
    );
  });

  it('sees those of before on that day, and may record as before', async () => {
    expect((await caseworker.get(`/v1/cases/${cases[0]}`)).status).toBe(200);
    expect((await caseworker.send(`/${cases[3]}/notes`, { text: 'seen' })).status).toBe(201);
  });

  it('is told apart from colleagues, and from who sees no names', async () => {
    const colleague = await Caseworker.joining(service);
    expect((await colleague.get(`/v1/cases/${cases[3]}`)).status).toBe(200);
    const key = await service.keyFor('auditor');
    expect((await service.request('GET', '/v1/cases', { key })).status).toBe(200);
  });

  it('begins anew with the next day', async () => {
    clock.set('2026-11-23T08:00:00.000Z');
    const fresh = await caseworker.get(`/v1/cases/${cases[3]}?${since(last)}`);
    expect(fresh.status).toBe(200);
  });
});

it('two processes on the same data count together', async () => {
  const clock = new FixedClock('2026-11-22T08:00:00.000Z');
  const env = { HABEAS_CASES_PER_DAY: '1' };
  const first = await startService({ clock, env });
  const caseworker = await Caseworker.of(first);
  const [seen, unseen] = [await caseworker.openServing('Ales'), await caseworker.openServing('Barys')];
  expect((await caseworker.get(`/v1/cases/${seen.caseId}?${since(unseen.position)}`)).status).toBe(200);
  const again = await startService({ clock, env, folder: first.folder });
  const there = caseworker.at(again);
  expect((await there.get(`/v1/cases/${unseen.caseId}`)).status).toBe(429);
  expect((await there.get(`/v1/cases/${seen.caseId}`)).status).toBe(200);
  await again.close();
  await first.close();
});
