import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readManifest } from '../../src/backup/manifest.js';
import { Caseworker } from '../support/caseworker.js';
import { CommandLine } from '../support/command-line.js';
import { eventsIn, Kept } from '../support/kept.js';
import { startService } from '../support/service.js';

const LONG = 120_000;

let kept: Kept;
let line: CommandLine;
beforeAll(async () => {
  kept = await Kept.desk();
  line = await CommandLine.make('src/cli/main.ts');
  const service = await startService({ folder: kept.desk.folder });
  const person = await Caseworker.of(service);
  for (let n = 0; n < 5; n++) await person.openServing(`Zuleika ${n}`);
  await service.close();
  expect(await kept.habeas(kept.backup())).toMatchObject({ code: 0 });
}, LONG);
afterAll(async () => {
  await kept.desk.clear();
  await line.remove();
});

const at = (name: string): string => kept.at(name);

describe('killed at any step', () => {
  it.each(['Copying events', 'Checking events', 'Checking keys', 'Writing manifests'])(
    'a backup is there whole or not at all: %s',
    async (stage) => {
      const [data, keys] = [at('killed'), at('killed-keys')];
      const begun = line.begin(kept.backup('killed'), kept.desk.terminal.env);
      await Promise.race([begun.says(stage), begun.ended]);
      begun.kill('SIGKILL');
      await begun.ended;
      if (!existsSync(data)) {
        await rm(keys, { recursive: true, force: true });
        expect(await kept.habeas(kept.backup('killed'))).toMatchObject({ code: 0 });
      }
      const env = await kept.place('taken');
      expect(await kept.habeas(kept.restore('killed'), env)).toMatchObject({ code: 0 });
      for (const folder of [data, keys, at('taken')]) await rm(folder, { recursive: true, force: true });
    },
    LONG,
  );

  it.each(['Copying files', 'Checking events', 'Checking keys', 'Destroying', 'Putting it in place'])(
    'a restore has done all or nothing, and may be begun again: %s',
    async (stage) => {
      const env = await kept.place('cut-short');
      const data = env.HABEAS_DATA;
      const begun = line.begin(kept.restore(), { ...kept.desk.terminal.env, ...env });
      await Promise.race([begun.says(stage), begun.ended]);
      begun.kill('SIGKILL');
      await begun.ended;
      if (!existsSync(data)) expect(await kept.habeas(kept.restore(), env)).toMatchObject({ code: 0 });
      expect((await eventsIn(data)).length).toBe(readManifest(at('copy'), 'data').events.count);
      expect(await readdir(at('cut-short'))).toEqual(expect.not.arrayContaining(['data.restoring']));
      await rm(at('cut-short'), { recursive: true });
    },
    LONG,
  );
});
