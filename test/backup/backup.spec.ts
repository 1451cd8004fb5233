import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { entryOf, readManifest, writeManifest } from '../../src/backup/manifest.js';
import { habeas as commandLine } from '../../src/cli/habeas.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { eventsInFile } from '../../src/event-store/sqlite/stored-file.js';
import { keyIdsIn } from '../../src/ledger/chain.js';
import { Caseworker } from '../support/caseworker.js';
import { CommandLine } from '../support/command-line.js';
import { aDesk, type Desk } from '../support/desk.js';
import { startService, type Service } from '../support/service.js';

const LONG = 240_000;
const AS_OF = '2020-03-01';

let line: CommandLine;
let desk: Desk;
let service: Service;
let person: Caseworker;
/** Cases that were there before the backup, and what is answered about them. */
const before = new Map<string, unknown>();

/** A command in this process, which is quicker. */
async function habeas(
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; said: string }> {
  const [out, said]: [string[], string[]] = [[], []];
  const code = await commandLine(args, {
    ...desk.terminal,
    out: (text) => out.push(text),
    say: (text) => said.push(text),
    env: { ...desk.terminal.env, ...env },
  });
  return { code, out: out.join('\n'), said: said.join('\n') };
}
const at = (name: string): string => join(desk.folder, name);
const restoreArgs = (erasures = at('none.ndjson'), data = at('copy'), keys = at('copy-keys')): string[] => [
  'restore',
  data,
  '--keys',
  keys,
  '--erasures',
  erasures,
];

async function eventsIn(folder: string): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const events of eventsInFile(join(folder, 'events.db'))) all.push(...events);
  return all;
}

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

/** A place to restore into, with the master key of the desk beside it. */
async function place(name: string): Promise<Record<string, string>> {
  await mkdir(at(name), { recursive: true });
  await cp(at('master.key'), join(at(name), 'master.key'));
  return { HABEAS_DATA: join(at(name), 'data'), HABEAS_MASTER_KEY_FILE: join(at(name), 'master.key') };
}

beforeAll(async () => {
  line = await CommandLine.make('src/cli/main.ts');
  desk = await aDesk();
  service = await startService({ folder: desk.folder });
  person = await Caseworker.of(service);
  for (let n = 0; n < 12; n++) {
    const { caseId, position } = await person.openServing(`Zuleika ${n}`);
    await person.get(`/v1/cases/${caseId}?minPosition=${position}`);
    before.set(caseId, await answersOf(person, caseId));
  }
  await writeFile(at('none.ndjson'), '');
}, LONG);
afterAll(async () => {
  await service.close();
  await desk.clear();
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
      desk.terminal.env,
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
    ]);
    expect((await readdir(at('copy-keys'))).sort()).toEqual(['keys.db', 'manifest.json']);
  });

  it(
    'gives every event, and every answer, when it is restored',
    async () => {
      const env = await place('whole');
      expect(await habeas(restoreArgs(), env)).toMatchObject({ code: 0 });
      const [events, original] = [await eventsIn(env['HABEAS_DATA']!), await eventsIn(desk.dataDir)];
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
      const events = await eventsIn(desk.dataDir);
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
      const env = await place('erased');
      expect(await habeas(restoreArgs(at('erasures.ndjson')), env)).toMatchObject({ code: 0 });
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
      expect(await habeas(restoreArgs(), env)).toMatchObject({
        code: 0,
        out: expect.stringContaining('1 erasures of the list'),
      });
    },
    LONG,
  );

  describe('is not restored, and nothing is changed,', () => {
    let env: Record<string, string>;
    beforeEach(async () => {
      await rm(at('spoilt'), { recursive: true, force: true });
      await rm(at('spoilt-keys'), { recursive: true, force: true });
      await cp(at('copy'), at('spoilt'), { recursive: true });
      await cp(at('copy-keys'), at('spoilt-keys'), { recursive: true });
      env = await place('refused');
    });

    /** As somebody would do it who can write the manifest as well. */
    const rehash = async (): Promise<void> => {
      const manifest = readManifest(at('spoilt'), 'data');
      manifest.files = await Promise.all(manifest.files.map(({ name }) => entryOf(at('spoilt'), name)));
      writeManifest(at('spoilt'), manifest);
    };
    const inEvents = (sql: string): void => {
      const db = new DatabaseSync(join(at('spoilt'), 'events.db'));
      db.exec(sql);
      db.close();
    };
    const edit = (
      part: 'data' | 'keys',
      change: (manifest: ReturnType<typeof readManifest>) => void,
    ): void => {
      const folder = part === 'data' ? at('spoilt') : at('spoilt-keys');
      const manifest = readManifest(folder, part);
      change(manifest);
      writeManifest(folder, manifest);
    };

    it.each<[string, () => unknown, RegExp]>([
      [
        'with a changed byte',
        async () => {
          const file = join(at('spoilt'), 'events.db');
          const bytes = await readFile(file);
          bytes[bytes.length - 100]! ^= 1;
          await writeFile(file, bytes);
        },
        /SHA-256/,
      ],
      [
        'with a changed event',
        async () => {
          inEvents(`UPDATE events SET payload = replace(payload, '15', '14') WHERE payload LIKE '%15%'`);
          await rehash();
        },
        /not as it was written/,
      ],
      [
        'with an event taken out',
        async () => {
          inEvents('DELETE FROM events WHERE revision = 1');
          await rehash();
        },
        /not as it was written/,
      ],
      [
        'cut off at its end',
        async () => {
          inEvents('DELETE FROM events WHERE position = (SELECT max(position) FROM events)');
          await rehash();
        },
        /the manifest tells of others/,
      ],
      [
        'with a damaged file',
        async () => {
          const file = join(at('spoilt'), 'events.db');
          const bytes = await readFile(file);
          bytes.fill(0x5a, 8192, 16_384);
          await writeFile(file, bytes);
          await rehash();
        },
        /./,
      ],
      ['without a file', () => rm(join(at('spoilt'), 'access.db')), /access\.db is missing/],
      ['without its manifest', () => rm(join(at('spoilt'), 'manifest.json')), /no backup/],
      [
        'with a manifest that names other files',
        () => edit('data', ({ files }) => (files[0]!.name = '../x')),
        /other files/,
      ],
      [
        'with the keys of another backup',
        () => edit('keys', (manifest) => (manifest.backupId = 'another')),
        /another backup/,
      ],
      [
        'without keys that events name',
        async () => {
          const db = new DatabaseSync(join(at('spoilt-keys'), 'keys.db'));
          db.exec(`DELETE FROM wrappedKey WHERE keyId <> 'service'`);
          db.close();
          const entry = await entryOf(at('spoilt-keys'), 'keys.db');
          edit('keys', (manifest) => (manifest.files = [entry]));
        },
        /not in the key store/,
      ],
      [
        'by another master key',
        () => writeFile(join(at('refused'), 'master.key'), randomBytes(32)),
        /another one/,
      ],
      ['without a list of erasures', () => rm(at('list.ndjson')), /list\.ndjson is missing/],
      [
        'by a list that is cut short',
        () => writeFile(at('list.ndjson'), '{"caseId":"x"'),
        /line 1 is no erasure/,
      ],
    ])(
      '%s',
      async (_, spoil, reason) => {
        await writeFile(at('list.ndjson'), '');
        await spoil();
        const { code, said } = await habeas(
          restoreArgs(at('list.ndjson'), at('spoilt'), at('spoilt-keys')),
          env,
        );
        expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(reason) });
        expect((await readdir(at('refused'))).sort()).toEqual(['master.key']);
      },
      LONG,
    );

    it(
      'over data that are there, least of all while a service runs on them',
      async () => {
        await mkdir(env['HABEAS_DATA']!);
        await writeFile(join(env['HABEAS_DATA']!, 'notes'), 'of somebody');
        expect(await habeas(restoreArgs(), env)).toMatchObject({
          code: 1,
          said: expect.stringContaining('is not empty'),
        });
        expect(await readdir(env['HABEAS_DATA']!)).toEqual(['notes']);
        const events = (await eventsIn(desk.dataDir)).length;
        expect(await habeas(restoreArgs())).toMatchObject({
          code: 1,
          said: expect.stringContaining('A service runs'),
        });
        expect((await eventsIn(desk.dataDir)).length).toBe(events);
        await rm(at('refused'), { recursive: true });
      },
      LONG,
    );
  });

  it('is not made where one folder lies within the other, or within the data, or where something is', async () => {
    for (const [data, keys] of [
      [at('twice'), at('twice')],
      [at('outer'), at('outer/keys')],
      [at('inner/data'), at('inner')],
      [join(desk.dataDir, 'copy'), at('twice-keys')],
      [at('twice'), join(desk.dataDir, 'keys')],
      [at('copy'), at('twice-keys')],
    ] as const) {
      expect(await desk.run('backup', data, '--keys', keys)).toMatchObject({
        code: 1,
        said: expect.stringMatching(/within|not empty/),
      });
    }
    for (const name of ['twice', 'outer', 'inner', 'twice-keys']) expect(existsSync(at(name))).toBe(false);
  });
});

it('stores on servers have means of their own', async () => {
  const env = { DATABASE_URL: 'postgres://nobody@localhost:9/none' };
  for (const args of [['backup', at('a'), '--keys', at('b')], restoreArgs()]) {
    expect(await habeas(args, env)).toMatchObject({
      code: 1,
      said: expect.stringContaining('pg_dump'),
    });
  }
});

describe('killed at any step', () => {
  it.each(['Copying events', 'Checking events', 'Checking keys', 'Writing manifests'])(
    'a backup is there whole or not at all: %s',
    async (stage) => {
      const [data, keys] = [at('killed'), at('killed-keys')];
      const begun = line.begin(['backup', data, '--keys', keys], desk.terminal.env);
      await Promise.race([begun.says(stage), begun.ended]);
      begun.kill('SIGKILL');
      await begun.ended;
      if (!existsSync(data)) {
        await rm(keys, { recursive: true, force: true });
        expect(await habeas(['backup', data, '--keys', keys])).toMatchObject({ code: 0 });
      }
      await mkdir(at('taken'), { recursive: true });
      const env = await place(`taken/${stage}`);
      expect(await habeas(restoreArgs(at('none.ndjson'), data, keys), env)).toMatchObject({ code: 0 });
      for (const folder of [data, keys, `taken/${stage}`]) await rm(folder, { recursive: true, force: true });
    },
    LONG,
  );

  it.each(['Copying files', 'Checking events', 'Checking keys', 'Destroying', 'Putting it in place'])(
    'a restore has done all or nothing, and may be begun again: %s',
    async (stage) => {
      const env = await place('cut-short');
      const data = env['HABEAS_DATA']!;
      const begun = line.begin(restoreArgs(), { ...desk.terminal.env, ...env });
      await Promise.race([begun.says(stage), begun.ended]);
      begun.kill('SIGKILL');
      await begun.ended;
      if (!existsSync(data)) expect(await habeas(restoreArgs(), env)).toMatchObject({ code: 0 });
      expect((await eventsIn(data)).length).toBe(readManifest(at('copy'), 'data').events.count);
      expect(await readdir(at('cut-short'))).toEqual(expect.not.arrayContaining(['data.restoring']));
      await rm(at('cut-short'), { recursive: true });
    },
    LONG,
  );
});
