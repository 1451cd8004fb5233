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
    mkdirSync(join(folder, 'apart'));
    for (const name of ['keys.db', 'first-admin-key', 'read.db'])
      writeFileSync(join(dataDir, name), '', { mode: 0o600 });
    writeFileSync(masterKeyFile, randomBytes(32), { mode: 0o600 });
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const erasureListFile = (): string => join(folder, 'apart', 'erasures.ndjson');
  const faults = (): string[] =>
    productionFaults({ dataDir, masterKeyFile, erasureListFile: erasureListFile() });

  it('to have none of these, also before anything is there', () => {
    expect(faults()).toEqual([]);
    expect(
      productionFaults({
        dataDir: join(folder, 'none'),
        masterKeyFile: join(folder, 'none.key'),
        erasureListFile: undefined,
      }),
    ).toEqual([]);
    writeFileSync(erasureListFile(), '');
    expect(faults()).toEqual([]);
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
    [
      'that there is no folder for the list of erasures',
      () => rmSync(join(folder, 'apart'), { recursive: true }),
      /^HABEAS_ERASURE_LIST: .*apart is no folder/,
    ],
    [
      'that the list of erasures lies below a file',
      () => {
        rmSync(join(folder, 'apart'), { recursive: true });
        writeFileSync(join(folder, 'apart'), '');
      },
      /^HABEAS_ERASURE_LIST: .*apart is no folder/,
    ],
  ])('%s', (_, spoil, fault) => {
    spoil();
    expect(faults()).toEqual([expect.stringMatching(fault)]);
  });

  // Whoever runs this as root may write everywhere.
  const itIfBound = process.getuid?.() === 0 ? it.skip : it;
  itIfBound('that the list of erasures cannot be written', () => {
    chmodSync(join(folder, 'apart'), 0o500);
    expect(faults()).toEqual([expect.stringMatching(/^HABEAS_ERASURE_LIST: .*cannot be written/)]);
    chmodSync(join(folder, 'apart'), 0o700);
    writeFileSync(erasureListFile(), '', { mode: 0o400 });
    expect(faults()).toEqual([expect.stringMatching(/^HABEAS_ERASURE_LIST: .*cannot be read and written/)]);
  });
});
