import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { randomBytes } from 'node:crypto';
import { flushFolder } from '../flush.js';
import { developmentKey } from '../keys/development-key.js';
import { MASTER_KEY_BYTES } from '../keys/master-key.js';
import { parseApiKey } from './api-key.js';

const OTHERS = 0o007;

/** Windows has no such bits and always claims them all. */
export const openToOthers = ({ mode }: { mode: number }): boolean =>
  process.platform !== 'win32' && (mode & OTHERS) !== 0;

/** What is wrong with the file of a master key, or of the notary's, in words. A file that is not there yet is a fault only if it must exist. */
export function keyFaults(file: string, options: { mustExist: boolean }): string[] {
  const found = look(file);
  if (typeof found === 'string') return [found];
  if (found === undefined) {
    return options.mustExist ? [`${file} is missing; it is not made in production`] : [];
  }
  const faults: string[] = [];
  if (found.size !== MASTER_KEY_BYTES) {
    faults.push(
      `${file} holds ${found.size} bytes instead of ${MASTER_KEY_BYTES} (openssl rand -out FILE 32)`,
    );
  }
  if (found.openToOthers) faults.push(`${file} can be read by every user of the machine (chmod 600)`);
  return faults;
}

export function adminKeyFaults(file: string): string[] {
  const found = look(file);
  if (typeof found === 'string') return [found];
  if (found === undefined) return [`${file} is missing`];
  if (found.openToOthers) return [`${file} can be read by every user of the machine (chmod 600)`];
  const text = readFileSync(file, 'utf8').trim();
  return parseApiKey(text) ? [] : [`${file} holds no key of the form hb_<id>_<43 characters>`];
}

/** Makes a key to run with for good; never replaces one. Two processes at once end up with the same key, and it is on disk. */
export function makeKey(file: string): Buffer {
  return readOrMake(file, () => randomBytes(MASTER_KEY_BYTES));
}

/** The same at the very first start outside of production: the key is marked as made by nobody. */
export function readOrMakeDevelopmentKey(file: string): Buffer {
  return readOrMake(file, developmentKey);
}

function readOrMake(file: string, make: () => Buffer): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // Linked into place when it is whole, so that nobody ever reads half a key.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, make(), { mode: 0o600, flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  // Data that were written with a key whose name is lost in a power cut could never be read again.
  flushFolder(dirname(file));
  return readFileSync(file);
}

/** Overwrites; only the owner may read it, also if the file was there before with other rights. */
export function writeSecret(file: string, text: string): void {
  writeFileSync(file, text, { mode: 0o600, flush: true });
  chmodSync(file, 0o600);
}

/** Follows symbolic links, also of the folders of a file that is not there yet. */
export function liesUnder(file: string, folder: string): boolean {
  const path = relative(whereItIs(folder), whereItIs(file));
  return path === '' || !(path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path));
}

function whereItIs(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const folder = dirname(path);
    return folder === path ? path : join(whereItIs(folder), basename(path));
  }
}

function look(file: string): { size: number; openToOthers: boolean } | string | undefined {
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return `${file} is not a file`;
    return { size: stat.size, openToOthers: openToOthers(stat) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? undefined : `${file} cannot be read (${code ?? 'unknown'})`;
  }
}
