import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readOrMakeDevelopmentKey } from './key-files.js';
import { productionFaults } from './production-faults.js';

describe('in production it is a fault', () => {
  let folder: string;
  let dataDir: string;
  let masterKeyFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-production-'));
    dataDir = join(folder, 'data');
    masterKeyFile = join(folder, 'master.key');
    mkdirSync(dataDir, { mode: 0o700 });
    for (const name of ['keys.db', 'first-admin-key', 'read.db'])
      writeFileSync(join(dataDir, name), '', { mode: 0o600 });
    writeFileSync(masterKeyFile, randomBytes(32), { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const faults = (): string[] => productionFaults({ dataDir, masterKeyFile });

  it('to have none of these, also before anything is there', () => {
    expect(faults()).toEqual([]);
    expect(
      productionFaults({ dataDir: join(folder, 'none'), masterKeyFile: join(folder, 'none.key') }),
    ).toEqual([]);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'that others can read the data folder',
      () => chmodSync(dataDir, 0o755),
      /^HABEAS_DATA: .*data can be read .*700/,
    ],
    [
      'that others can read the wrapped keys',
      () => chmodSync(join(dataDir, 'keys.db'), 0o644),
      /keys\.db can be read/,
    ],
    [
      'that others can read a key left there',
      () => chmodSync(join(dataDir, 'first-admin-key'), 0o604),
      /first-admin-key can/,
    ],
    [
      'that others can read the next master key',
      () => writeFileSync(`${masterKeyFile}.next`, randomBytes(32), { mode: 0o644 }),
      /\.next can be read/,
    ],
    [
      'that the master key is a development key',
      () => {
        rmSync(masterKeyFile);
        readOrMakeDevelopmentKey(masterKeyFile);
      },
      /^HABEAS_MASTER_KEY_FILE: .*development key/,
    ],
  ])('%s', (_, spoil, fault) => {
    spoil();
    expect(faults()).toEqual([expect.stringMatching(fault)]);
  });
});
