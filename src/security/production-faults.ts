import { accessSync, constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDevelopmentKey } from '../keys/development-key.js';
import { nextMasterKeyFile } from '../keys/master-keys.js';
import { keyFaults, openToOthers } from './key-files.js';

/** In the data folder: what is a key, or opens one. */
const SECRET = /^(?:keys\.db.*|first-admin-key)$/;

/** What is no fault where a program is tried out, and is one where people depend on it. Looks at files; writes nothing. */
export function productionFaults({
  dataDir,
  masterKeyFile,
  erasureListFile,
}: {
  dataDir: string;
  masterKeyFile: string;
  /** Of a process that carries out erasures. */
  erasureListFile: string | undefined;
}): string[] {
  const faults: string[] = [];
  if (isOpen(dataDir))
    faults.push(`HABEAS_DATA: ${dataDir} can be read by every user of the machine (chmod 700)`);
  for (const name of namesIn(dataDir)) {
    const file = join(dataDir, name);
    if (SECRET.test(name) && isOpen(file)) {
      faults.push(`HABEAS_DATA: ${file} can be read by every user of the machine (chmod 600)`);
    }
  }
  if (isDevelopmentKey(bytesOf(masterKeyFile))) {
    faults.push(
      `HABEAS_MASTER_KEY_FILE: ${masterKeyFile} is a development key, made by a start outside of production (habeas keys rotate-master replaces it)`,
    );
  }
  if (erasureListFile !== undefined) faults.push(...erasureListFaults(erasureListFile));
  const next = keyFaults(nextMasterKeyFile(masterKeyFile), { mustExist: false });
  return [...faults, ...next.map((fault) => `HABEAS_MASTER_KEY_FILE: ${fault}`)];
}

/** Without a place for the list no erasure could be carried out, which nobody would notice before the first. */
function erasureListFaults(file: string): string[] {
  const folder = dirname(file);
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    return [`HABEAS_ERASURE_LIST: ${folder} is no folder; it is not made in production`];
  const { R_OK, W_OK, X_OK } = constants;
  if (!isOpenFor(folder, W_OK | X_OK))
    return [`HABEAS_ERASURE_LIST: ${folder} cannot be written to, and no erasure could be carried out`];
  if (existsSync(file) && !isOpenFor(file, R_OK | W_OK))
    return [
      `HABEAS_ERASURE_LIST: ${file} cannot be read and written to, and no erasure could be carried out`,
    ];
  return [];
}

function isOpenFor(path: string, mode: number): boolean {
  try {
    accessSync(path, mode);
    return true;
  } catch {
    return false;
  }
}

function isOpen(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && openToOthers(found);
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    // The start itself says what is wrong with it.
    return [];
  }
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
