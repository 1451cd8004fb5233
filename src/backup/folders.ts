import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { flushFolder } from '../flush.js';
import { BackupFault } from './backup-fault.js';

const JOURNALS = ['-wal', '-shm', '-journal'];

/** Throws `BackupFault` unless there is nothing at this place, or an empty folder. */
export function demandFree(folder: string): void {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new BackupFault(`${folder} cannot be used (${(error as NodeJS.ErrnoException).code}).`);
  }
  if (names.length > 0) throw new BackupFault(`${folder} is not empty.`);
}

/** An empty folder for the owner alone, in place of what an earlier run has left there; of anything else it takes nothing away. */
export function freshFolder(folder: string, names: readonly string[]): void {
  if (existsSync(folder)) {
    const ours = new Set(names.flatMap((name) => [name, ...JOURNALS.map((journal) => name + journal)]));
    const other = readdirSync(folder).find((name) => !ours.has(name));
    if (other !== undefined)
      throw new BackupFault(`${folder} holds ${other}, which is none of Habeas: move it away.`);
    rmSync(folder, { recursive: true });
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** Puts a finished folder in its place, in one step that a power cut finds done or not done. */
export function putInPlace(from: string, to: string): void {
  flushFolder(from);
  try {
    if (existsSync(to)) rmdirSync(to);
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'EBUSY' ? 'a volume begins there: name a folder within it' : code;
    throw new BackupFault(`${from} cannot be renamed to ${to} (${reason}).`);
  }
  flushFolder(dirname(to));
}
