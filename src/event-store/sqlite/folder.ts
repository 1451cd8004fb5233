import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { flushFolder } from '../../flush.js';
import { isFileFailure, storeError } from './sqlite-failure.js';

const FILE = 'events.db';

export function storeFile(folder: string): string {
  return join(folder, FILE);
}

/**
 * Makes the folder and an empty file in it if they are not there, for the owner's eyes alone (SQLite gives its log the
 * file's own mode), and sees to it that their names survive a power cut.
 */
export function makeStoreFile(folder: string): string {
  const file = storeFile(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // `x`: a file that is there is never opened, because closing it would release the locks SQLite holds on it here.
    closeSync(openSync(file, 'wx', 0o600));
    flushFolder(folder);
    flushFolder(dirname(folder));
  } catch (error) {
    if (!isFileFailure(error, 'EEXIST')) throw storeError(error);
  }
  return file;
}
