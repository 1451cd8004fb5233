import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MASTER_KEY_BYTES } from '../keys/master-key.js';
import { mintApiKey } from './api-key.js';
import { adminKeyFaults, liesUnder, keyFaults, makeKey, writeSecret } from './key-files.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'habeas-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const modeOf = (file: string): number => statSync(file).mode & 0o777;
const keep = (bytes: string | Buffer, mode: number): string => {
  const file = join(folder, 'key');
  writeFileSync(file, bytes);
  chmodSync(file, mode);
  return file;
};

describe('the master key', () => {
  it('is made once, for its owner alone, and is the same ever after', () => {
    const file = join(folder, 'config', 'habeas', 'master.key');
    const made = makeKey(file);
    expect(made).toHaveLength(MASTER_KEY_BYTES);
    expect(modeOf(file)).toBe(0o600);
    expect(makeKey(file)).toEqual(made);
    expect(readdirSync(dirname(file))).toEqual(['master.key']);
    expect(keyFaults(file, { mustExist: true })).toEqual([]);
  });

  it('that is there is never replaced, whatever it holds', () => {
    const file = keep('too short', 0o600);
    expect(makeKey(file).toString()).toBe('too short');
    expect(readFileSync(file, 'utf8')).toBe('too short');
  });

  it('must be there only where it is not made', () => {
    const file = join(folder, 'none');
    expect(keyFaults(file, { mustExist: false })).toEqual([]);
    expect(keyFaults(file, { mustExist: true })).toEqual([expect.stringContaining('is missing')]);
  });

  it.each([
    ['of the wrong length', Buffer.alloc(31), 0o600, 'holds 31 bytes instead of 32'],
    ['that everyone can read', Buffer.alloc(32), 0o604, 'can be read by every user'],
  ])('%s is a fault', (_, bytes, mode, fault) => {
    expect(keyFaults(keep(bytes, mode), { mustExist: true })).toEqual([expect.stringContaining(fault)]);
  });

  it('may be shared with a group: that is how some platforms mount secrets', () => {
    expect(keyFaults(keep(Buffer.alloc(32), 0o440), { mustExist: true })).toEqual([]);
  });

  it('that is a folder is a fault', () => {
    expect(keyFaults(folder, { mustExist: false })).toEqual([expect.stringContaining('is not a file')]);
  });
});

describe("the first admin's key file", () => {
  it('holds a key, with or without a line end', () => {
    expect(adminKeyFaults(keep(`${mintApiKey().text}\n`, 0o600))).toEqual([]);
  });

  it.each([
    ['is missing', () => join(folder, 'none')],
    ['holds no key', () => keep('admin:changeit', 0o600)],
    ['can be read by every user', () => keep(mintApiKey().text, 0o644)],
  ])('is a fault when it %s', (fault, file) => {
    expect(adminKeyFaults(file())).toEqual([expect.stringContaining(fault)]);
  });
});

describe('a file lies under a folder', () => {
  it('also through links, and before it is there', () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    symlinkSync(data, join(folder, 'elsewhere'));
    expect(liesUnder(join(data, 'a', 'b', 'key'), data)).toBe(true);
    expect(liesUnder(join(folder, 'elsewhere', 'key'), data)).toBe(true);
    expect(liesUnder(join(data, '..', 'data', 'key'), join(folder, 'elsewhere'))).toBe(true);
  });

  it('but not beside it, even with a name that begins alike', () => {
    expect(liesUnder(join(folder, 'data-key'), join(folder, 'data'))).toBe(false);
    expect(liesUnder(join(folder, '..data', 'key'), folder)).toBe(true);
  });
});

it('a secret is for its owner alone, also over a file that was not', () => {
  const file = keep('old', 0o644);
  writeSecret(file, 'new');
  expect(readFileSync(file, 'utf8')).toBe('new');
  expect(modeOf(file)).toBe(0o600);
});
