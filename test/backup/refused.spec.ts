import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { entryOf, readManifest, writeManifest } from '../../src/backup/manifest.js';
import { Caseworker } from '../support/caseworker.js';
import { eventsIn, Kept } from '../support/kept.js';
import { startService } from '../support/service.js';

const LONG = 120_000;

let kept: Kept;
beforeAll(async () => {
  kept = await Kept.desk();
  const service = await startService({ folder: kept.desk.folder });
  const person = await Caseworker.of(service);
  for (let n = 0; n < 5; n++) await person.openServing(`Zuleika ${n}`);
  await service.close();
  expect(await kept.habeas(kept.backup())).toMatchObject({ code: 0 });
}, LONG);
afterAll(async () => {
  await kept.desk.clear();
});

const at = (name: string): string => kept.at(name);

describe('a backup is not restored, and nothing is changed,', () => {
  let env: Awaited<ReturnType<Kept['place']>>;
  beforeEach(async () => {
    await rm(at('spoilt'), { recursive: true, force: true });
    await rm(at('spoilt-keys'), { recursive: true, force: true });
    await cp(at('copy'), at('spoilt'), { recursive: true });
    await cp(at('copy-keys'), at('spoilt-keys'), { recursive: true });
    env = await kept.place('refused');
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
  const edit = (part: 'data' | 'keys', change: (manifest: ReturnType<typeof readManifest>) => void): void => {
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
      const { code, said } = await kept.habeas(kept.restore('spoilt', 'list.ndjson'), env);
      expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(reason) });
      expect((await readdir(at('refused'))).sort()).toEqual(['master.key']);
    },
    LONG,
  );

  it(
    'over data that are there, least of all while a service runs on them',
    async () => {
      await mkdir(env.HABEAS_DATA);
      await writeFile(join(env.HABEAS_DATA, 'notes'), 'of somebody');
      expect(await kept.habeas(kept.restore(), env)).toMatchObject({
        code: 1,
        said: expect.stringContaining('is not empty'),
      });
      expect(await readdir(env.HABEAS_DATA)).toEqual(['notes']);
      await rm(at('refused'), { recursive: true });
      const before = (await eventsIn(kept.desk.dataDir)).length;
      const service = await startService({ folder: kept.desk.folder });
      try {
        expect(await kept.habeas(kept.restore())).toMatchObject({
          code: 1,
          said: expect.stringContaining('A service runs'),
        });
      } finally {
        await service.close();
      }
      expect((await eventsIn(kept.desk.dataDir)).length).toBeGreaterThanOrEqual(before);
    },
    LONG,
  );
});
