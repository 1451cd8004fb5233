import { existsSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EventStore } from '../../src/event-store/event-store.js';
import { habeas } from '../../src/cli/habeas.js';
import { ErasureList } from '../../src/security/erasure-list.js';
import { aDesk, type Desk } from '../support/desk.js';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { registered } from '../support/principals.js';
import { startService, type Service } from '../support/service.js';

const LONG = 120_000;

let desk: Desk;
let service: Service;
let caseworker: Caseworker;
const at = (name: string): string => join(desk.folder, name);

async function start(env: Record<string, string> = {}): Promise<void> {
  service = await startService({ folder: desk.folder, env });
  caseworker = caseworker ? caseworker.at(service) : await Caseworker.of(service);
}

async function askAndApprove(caseId: string): Promise<void> {
  await caseworker.record(`/${caseId}/erasures`, { reason: 'asked for' });
  const { key } = await registered(service, 'admin');
  const { status } = await service.request('POST', `/v1/cases/${caseId}/erasures/approvals`, { key });
  expect(status).toBe(201);
}

const typesIn = async (caseId: string): Promise<string[]> =>
  (await service.app.get(EventStore).read(`case-${caseId}`)).map(({ type }) => type);
const isErased = (caseId: string): Promise<void> =>
  eventually(async () => expect(await typesIn(caseId)).toContain('SubjectErased'));
async function foundBy(name: string): Promise<unknown[]> {
  return eventually(async () => {
    const found = await caseworker.get<{ items: object[] }>(`/v1/cases?name=${name}`);
    expect(found.status).toBe(200);
    return found.body.items;
  });
}
const listed = async (state: string): Promise<{ status: number; items: Record<string, unknown>[] }> => {
  const path = `/v1/erasures?state=${state}`;
  const { status, body } = await service.request<{ items: Record<string, unknown>[] }>('GET', path);
  return { status, items: body.items };
};
const failing = async (): Promise<string | undefined> =>
  /^habeas_erasures_failing (\d+)$/m.exec((await service.request('GET', '/metrics')).text)?.[1];

/** As a disk does it: one stored event cannot be read any more. */
function damage(eventId: string): void {
  const events = new DatabaseSync(at('data/events.db'));
  const { changes } = events
    .prepare(`update events set payload = '{' || payload where event_id = ?`)
    .run(eventId);
  events.close();
  expect(changes).toBe(1);
}

beforeAll(async () => {
  desk = await aDesk();
}, LONG);
afterAll(async () => {
  await service.close();
  await desk.clear();
});

describe('a case that cannot be read', () => {
  let damaged: string;
  let opening: string;
  let restored: string;
  let erasedNow: string;
  let settled: string;

  beforeAll(async () => {
    await start();
    damaged = await caseworker.open('Damaged Zzyzx');
    restored = await caseworker.open('Restored Quuxov');
    erasedNow = await caseworker.open('Later Wibblev');
    settled = new Date().toISOString();
    opening = (await service.app.get(EventStore).read(`case-${damaged}`))[0]!.eventId;
    await service.close();
    await cp(at('data'), at('older'), { recursive: true });
    await start();
    await askAndApprove(damaged);
    await isErased(damaged);
    await askAndApprove(restored);
    await isErased(restored);
    await service.close();
    // The state before, put back by other means than `habeas restore`; the list is where it was.
    await rm(at('data'), { recursive: true });
    await rm(at('older/read.db'));
    await cp(at('older'), at('data'), { recursive: true });
    damage(opening);
    await eventually(() => Date.now() - Date.parse(settled) > 5_000);
  }, LONG);

  it(
    'brings nobody back who stands after it on the list, not even while nothing is projected',
    async () => {
      await start({ HABEAS_ROLES: 'api' });
      const shown = await Promise.all(
        ['/events', '/replay', `?knownAt=${settled}`].map((path) =>
          caseworker.get(`/v1/cases/${restored}${path}`),
        ),
      );
      for (const { status, text } of shown) {
        expect(status).toBe(200);
        expect(text).not.toContain('Quuxov');
      }
      await isErased(restored);
      await service.close();
    },
    LONG,
  );

  it(
    'keeps no other from being erased',
    async () => {
      await start();
      await askAndApprove(erasedNow);
      await isErased(erasedNow);
      for (const name of ['Quuxov', 'Wibblev'])
        await eventually(async () => expect(await foundBy(name)).toEqual([]));
    },
    LONG,
  );

  it('is told of by its id, where somebody looks', async () => {
    await eventually(async () => expect(await failing()).toBe('1'));
    expect(service.log.filter(({ event }) => event === 'erasure not carried out')).toEqual([
      expect.objectContaining({ level: 'error', caseId: damaged, code: 'event-damaged' }),
    ]);
    const { status, items } = await listed('under_way');
    expect({ status, items }).toEqual({
      status: 200,
      items: [{ caseId: damaged, state: 'under_way', failure: 'event-damaged' }],
    });
    await eventually(async () =>
      expect(await listed('erased')).toMatchObject({
        status: 200,
        items: [{ caseId: erasedNow }, { caseId: restored }],
      }),
    );
    await service.close();
    const { code, out } = await desk.run('erase', 'status');
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringMatching(`${damaged} +is under way .*event-damaged`),
    });
    await start();
  });
});

describe('a list of erasures', () => {
  it.each<[string, () => unknown, string, RegExp]>([
    [
      'with a line that is none',
      () => writeFile(at('bad.ndjson'), '\n{"caseId":"Zuleika"}\n'),
      'bad.ndjson',
      /bad\.ndjson: line 2 is no erasure$/,
    ],
    ['that is a folder', () => mkdir(at('folder')), 'folder', /folder cannot be read \(EISDIR\)$/],
    [
      'that lies where no folder is',
      () => writeFile(at('bad.ndjson'), ''),
      'bad.ndjson/list',
      /bad\.ndjson(?:\/list cannot be read \(ENOTDIR\)| is no folder)/,
    ],
  ])('%s keeps the service from starting, and doctor says so', async (_, make, name, fault) => {
    await make();
    await writeFile(at('own.key'), randomBytes(32), { mode: 0o600 });
    const env = {
      HABEAS_ERASURE_LIST: at(name),
      HABEAS_DATA: at('other'),
      HABEAS_MASTER_KEY_FILE: at('own.key'),
    };
    await expect(startService({ folder: desk.folder, env })).rejects.toMatchObject({
      name: 'StartRefused',
      faults: [expect.stringMatching(fault)],
    });
    expect(existsSync(at('other'))).toBe(false);
    const said: string[] = [];
    const say = (text: string): unknown => said.push(text);
    const code = await habeas(['doctor'], { ...desk.terminal, say, env: { ...desk.terminal.env, ...env } });
    expect({ code, said: said.filter((line) => line.startsWith('HABEAS_ERASURE_LIST')) }).toEqual({
      code: 78,
      said: [expect.stringMatching(fault)],
    });
    expect(said.join()).not.toContain('Zuleika');
  });
});

it('a last line that a crash has cut short keeps nobody from starting', async () => {
  await service.close();
  const list = new ErasureList(at('erasures.ndjson'));
  const before = list.readOwn();
  await writeFile(list.file, '{"caseId":"x', { flag: 'a' });
  await start();
  expect(list.readOwn()).toEqual(before);
});
