import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifest } from '../../src/backup/manifest.js';
import { keyIdsIn } from '../../src/ledger/chain.js';
import { Caseworker } from '../support/caseworker.js';
import { CommandLine } from '../support/command-line.js';
import { eventsIn, Kept } from '../support/kept.js';
import { startService, type Service } from '../support/service.js';

const LONG = 240_000;
const AS_OF = '2020-03-01';

let line: CommandLine;
let kept: Kept;
let service: Service;
let person: Caseworker;
/** Cases that were there before the backup, and what is answered about them. */
const before = new Map<string, unknown>();

const at = (name: string): string => kept.at(name);

async function answersOf(worker: Caseworker, caseId: string): Promise<unknown> {
  const shown = await worker.get(`/v1/cases/${caseId}?asOf=${AS_OF}`);
  const history = await worker.get(`/v1/cases/${caseId}/events`);
  expect([shown.status, history.status]).toEqual([200, 200]);
  // The moment it was asked.
  const { knownAt: _, ...answer } = shown.body;
  return [answer, history.body];
}

/** The service on what was restored, for as long as the work takes. */
async function onRestored<T>(folder: string, work: (worker: Caseworker) => Promise<T>): Promise<T> {
  const restored = await startService({ folder: at(folder) });
  try {
    return await work(person.at(restored));
  } finally {
    await restored.close();
  }
}

beforeAll(async () => {
  line = await CommandLine.make('src/cli/main.ts');
  kept = await Kept.desk();
  service = await startService({ folder: kept.desk.folder });
  person = await Caseworker.of(service);
  for (let n = 0; n < 12; n++) {
    const { caseId, position } = await person.openServing(`Zuleika ${n}`);
    await person.get(`/v1/cases/${caseId}?minPosition=${position}`);
    before.set(caseId, await answersOf(person, caseId));
  }
}, LONG);
afterAll(async () => {
  await service.close();
  await kept.desk.clear();
  await line.remove();
});
describe('a backup of a service that goes on', () => {
  beforeAll(async () => {
    let working = true;
    const load = async (): Promise<void> => {
      while (working) await person.openServing('Somebody else');
    };
    const loads = [load(), load()];
    const { code, out, said } = await line.begin(
      ['backup', at('copy'), '--keys', at('copy-keys')],
      kept.desk.terminal.env,
    ).ended;
    working = false;
    await Promise.all(loads);
    expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('Checking events') });
    expect(out).toContain('All of it was checked');
  }, LONG);

  it('holds the data here and the keys there, and nothing that can be made again', async () => {
    expect((await readdir(at('copy'))).sort()).toEqual([
      'access.db',
      'consumers.db',
      'events.db',
      'manifest.json',
      'notary.db',
    ]);
    expect((await readdir(at('copy-keys'))).sort()).toEqual(['keys.db', 'manifest.json']);
  });

  it(
    'gives every event, and every answer, when it is restored',
    async () => {
      const env = await kept.place('whole');
      expect(await kept.habeas(kept.restore(), env)).toMatchObject({ code: 0 });
      const [events, original] = [await eventsIn(env.HABEAS_DATA), await eventsIn(kept.desk.dataDir)];
      expect(events.length).toBeGreaterThanOrEqual(36);
      expect(events).toEqual(original.slice(0, events.length));
      expect(readManifest(at('copy'), 'data').events.count).toBe(events.length);
      await onRestored('whole', async (worker) => {
        for (const [caseId, answers] of before) {
          await worker.get(`/v1/cases/${caseId}?minPosition=${events.at(-1)?.position}`);
          expect(await answersOf(worker, caseId)).toEqual(answers);
        }
        // It goes on where it was.
        await worker.openServing('After the restore');
      });
    },
    LONG,
  );

  it(
    'brings nobody back who was erased since',
    async () => {
      const [erased = '', other = ''] = [...before.keys()];
      const events = await eventsIn(kept.desk.dataDir);
      const keyIds = events.filter(({ stream }) => stream === `case-${erased}`).flatMap(keyIdsIn);
      const erasure = {
        caseId: erased,
        keyIds: [...new Set(keyIds)],
        erasedAt: '2026-11-23T00:00:00.000Z',
        requestedBy: 'one',
        approvedBy: 'another',
        eventId: '0197c5a0-0000-7000-8000-00000000000e',
      };
      await writeFile(at('erasures.ndjson'), `${JSON.stringify(erasure)}\n`);
      const env = await kept.place('erased');
      expect(await kept.habeas(kept.restore('copy', 'erasures.ndjson'), env)).toMatchObject({ code: 0 });
      // The list of this machine has it from now on, too.
      expect(await readFile(join(at('erased'), 'erasures.ndjson'), 'utf8')).toContain(erasure.eventId);
      await onRestored('erased', async (worker) => {
        const history = await worker.get(`/v1/cases/${erased}/events`);
        expect(history.status).toBe(200);
        expect(history.text).toContain('"erased":true');
        expect(history.text).not.toContain('Zuleika');
        expect((await worker.get(`/v1/cases/${other}/events`)).text).toContain('Zuleika');
      });
      await rm(join(at('erased'), 'data'), { recursive: true });
      // Not even with a list that has forgotten it.
      expect(await kept.habeas(kept.restore(), env)).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 erasures of the list'),
      });
    },
    LONG,
  );

  it('is not made where one folder lies within the other, or within the data, or where something is', async () => {
    for (const [data, keys] of [
      [at('twice'), at('twice')],
      [at('outer'), at('outer/keys')],
      [at('inner/data'), at('inner')],
      [join(kept.desk.dataDir, 'copy'), at('twice-keys')],
      [at('twice'), join(kept.desk.dataDir, 'keys')],
      [at('copy'), at('twice-keys')],
    ] as const) {
      expect(await kept.desk.run('backup', data, '--keys', keys)).toMatchObject({
        code: 1,
        said: expect.stringMatching(/within|not empty/),
      });
    }
    for (const name of ['twice', 'outer', 'inner', 'twice-keys']) expect(existsSync(at(name))).toBe(false);
  });
});

it('stores on servers have means of their own', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@localhost:9/none' };
  for (const args of [['backup', at('a'), '--keys', at('b')], kept.restore()]) {
    expect(await kept.habeas(args, env)).toMatchObject({
      code: 1,
      said: expect.stringContaining('pg_dump'),
    });
  }
});
