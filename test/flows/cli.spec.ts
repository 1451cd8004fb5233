import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { ReportContent } from '../../src/reports/content/content.js';
import { ApiKeys } from '../../src/security/api-keys.js';
import type { RunningService } from '../../src/serve.js';
import { aDesk, type Desk } from '../support/desk.js';

// Each test starts and ends whole services.
jest.setTimeout(60_000);

const OPENING = {
  person: { names: [{ form: 'Dzmitry Kazlou' }, { form: 'Дзмітрый Казлоў' }], roles: ['blogger'] },
};
const DETENTION = 'a0000000-0000-4000-8000-000000000001';

const status = async (url: string, key: string, path = '/v1/keys'): Promise<number> =>
  (await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } })).status;

const post = async <T>(url: string, key: string, path: string, body: unknown): Promise<T> => {
  const reply = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(reply.status).toBe(201);
  return (await reply.json()) as T;
};

describe('the command line beside a running service', () => {
  let desk: Desk;
  let service: RunningService;
  beforeAll(async () => {
    // So every report is asked for twice.
    desk = await aDesk({ HABEAS_REPORT_WAIT_SECONDS: '0' });
    service = await desk.serve();
  });
  afterAll(async () => {
    await service.stop();
    await desk.clear();
  });

  it('writes a report, which may take longer than a request', async () => {
    // That somebody asked is the first thing in the store: before it there was no position.
    expect((await desk.run('report', 'compliance')).code).toBe(0);
    const printed = await desk.run('report', 'monthly', '--as-of', '2020-02-07', '--role', 'lawyer');
    expect(printed).toMatchObject({ code: 0, said: '' });
    expect(JSON.parse(printed.out)).toMatchObject({
      report: 'monthly',
      basis: { asOf: '2020-02-07', filters: { role: 'lawyer' } },
    });
    const out = join(desk.folder, 'report.csv');
    const { knownAt, position } = (JSON.parse(printed.out) as ReportContent).basis;
    const asked = ['--as-of', '2020-02-07', '--known-at', knownAt, '--position', position, '--lang', 'ru'];
    const written = await desk.run('report', 'monthly', ...asked, '--out', out);
    expect(written).toEqual({ code: 0, out: '', said: `The report is in ${out}.` });
    expect(readFileSync(out, 'utf8')).toContain('2020-02-07');
    expect(statSync(out).mode & 0o777).toBe(0o600);
  });

  it('writes no report that is not to be had, and says why', async () => {
    const refused: [args: string[], said: string][] = [
      [['weekly'], 'There are monthly, detainees'],
      [['monthly', '--format', 'pdf'], 'pdf is not for a terminal'],
      [['monthly', '--out', 'report.doc'], 'say with --format what report.doc is to be'],
      [['monthly', '--as-of', 'May'], '/query/asOf'],
      [['person'], '/query/caseId: is needed'],
      [['compliance', '--out', join(desk.folder, 'none', 'report.csv')], 'report.csv cannot be written'],
    ];
    for (const [args, said] of refused) {
      const printed = await desk.run('report', ...args);
      expect(printed.code).toBe(1);
      expect(printed.said).toContain(said);
      expect(printed.out).toBe('');
    }
  });

  it('makes a key that the service takes, shows it once, and revokes it', async () => {
    const made = await desk.run('keys', 'create', '--label', 'Desk Minsk', '--role', 'admin', 'auditor');
    expect(made).toMatchObject({ code: 0 });
    expect(made.out).toMatch(/^hb_[0-9a-f]+_[\w-]{43}$/);
    expect(await status(service.url, made.out)).toBe(200);

    const keyId = made.out.split('_')[1] ?? '';
    const listed = await desk.run('keys', 'list');
    expect(listed.out).toMatch(new RegExp(`${keyId} +Desk Minsk +admin, auditor +valid`));
    expect(listed.out).not.toContain(made.out);

    expect(await desk.run('keys', 'revoke', keyId)).toMatchObject({
      code: 0,
      out: `The key ${keyId} is revoked.`,
    });
    expect(await status(service.url, made.out)).toBe(401);
    expect((await desk.run('keys', 'list')).out).not.toContain(keyId);
    expect((await desk.run('keys', 'list', '--all')).out).toMatch(new RegExp(`${keyId} .* revoked`));
  });

  it('leaves no valid key of its own behind', async () => {
    await desk.run('keys', 'list');
    const valid = (await service.app.get(ApiKeys).list()).filter(({ revoked }) => revoked === null);
    const labels = (await desk.run('keys', 'list')).out;
    expect(labels.match(/command line/g)).toHaveLength(1);
    expect(valid.every(({ keyId }) => labels.includes(keyId))).toBe(true);
  });

  it('tells what the service refuses, and changes nothing', async () => {
    const before = (await desk.run('keys', 'list', '--all')).out.split('\n').length;
    const refused = await desk.run('keys', 'create', '--label', 'x', '--role', 'admin', '--expires', 'soon');
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('/body/expires');
    expect((await desk.run('keys', 'revoke', 'nosuchkey')).said).toContain('there is no such key');
    expect((await desk.run('keys', 'list', '--all')).out.split('\n').length).toBeGreaterThanOrEqual(before);
  });

  it('shows a case so that it can be read, on the day asked about', async () => {
    const { out: key } = await desk.run('keys', 'create', '--label', 'Desk', '--role', 'caseworker');
    const { caseId } = await post<{ caseId: string }>(service.url, key, '/v1/cases', OPENING);
    const below = `/v1/cases/${caseId}`;
    await post(service.url, key, `${below}/arrests`, { detentionId: DETENTION, at: '2019-12-25' });
    await post(service.url, key, `${below}/sentences`, { at: '2019-12-26', days: 15 });

    const shown = await desk.run('show', caseId, '--as-of', '2020-01-08');
    expect(shown.out.split('\n')).toEqual(
      expect.arrayContaining([
        'Dzmitry Kazlou  blogger',
        'also Дзмітрый Казлоў',
        '  status                      in custody serving',
        '  expected release            2020-01-09',
        '  in custody                  14 days',
        '  outstanding                 1 day',
      ]),
    );
    expect(await desk.run('show', DETENTION)).toMatchObject({
      code: 1,
      said: expect.stringContaining('no such case'),
    });
    expect((await desk.run('show', caseId, '--as-of', '2020-02-30')).said).toContain('/query/asOf');
  });

  it('rebuilds the read models while they answer', async () => {
    const rebuilt = await desk.run('rebuild');
    expect(rebuilt).toMatchObject({ code: 0, out: expect.stringContaining('is rebuilt') });
    expect(await desk.run('rebuild', 'nothing')).toMatchObject({
      code: 1,
      said: expect.stringContaining('only '),
    });
  });
});

describe('the command line without a service', () => {
  let desk: Desk;
  afterEach(() => desk.clear());

  it('opens the data itself, says where the first admin key is, and leaves all of it for the service', async () => {
    desk = await aDesk();
    const made = await desk.run('keys', 'create', '--label', 'Desk', '--role', 'admin');
    expect(made.said).toContain(join(desk.dataDir, 'first-admin-key'));

    const service = await desk.serve();
    expect(await status(service.url, made.out)).toBe(200);
    expect(
      await status(service.url, readFileSync(join(desk.dataDir, 'first-admin-key'), 'utf8').trim()),
    ).toBe(200);
    await service.stop();
  });

  it('is not misled by the address of a service that is gone', async () => {
    desk = await aDesk();
    await desk.run('keys', 'list');
    await writeFile(join(desk.dataDir, 'running.json'), '{"url":"http://127.0.0.1:9","pid":1}');
    expect((await desk.run('keys', 'list')).code).toBe(0);
    await writeFile(join(desk.dataDir, 'running.json'), '{"url":');
    expect((await desk.run('keys', 'list')).code).toBe(0);
  });

  it('tells every fault of the settings, and starts nothing', async () => {
    desk = await aDesk({ HABEAS_PORT: 'many', HABEAS_TODAY: 'tomorrow' });
    const refused = await desk.run('keys', 'list');
    expect(refused.code).toBe(78);
    expect(refused.said.split('\n')).toHaveLength(2);
  });

  it('knows its commands', async () => {
    desk = await aDesk();
    expect((await desk.run('--help')).out).toMatch(
      /serve[^]*demo[^]*keys[^]*rebuild[^]*import[^]*show[^]*migrate-store/,
    );
    expect((await desk.run('prosecute')).code).toBe(1);
    expect((await desk.run('keys', 'create', '--label', 'x', '--role', 'judge')).said).toContain('judge');
  });
});
