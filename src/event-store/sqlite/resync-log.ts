import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { isFileFailure } from './sqlite-failure.js';

const CHUNK = 1 << 20;

/**
 * Writes every byte of the log over itself and flushes it.
 *
 * When a flush fails, Linux keeps the pages in its cache but marks them clean: they read back as if they were on disk, and
 * the next flush has nothing to do and succeeds. A process that restarts after such a failure recovers from a log that may
 * exist in memory only, and would then copy half a transaction into the database that a power cut takes away again. Written
 * anew the pages are dirty, and the flush means what it says.
 *
 * The caller holds the write lock. (Closing this descriptor drops the process's POSIX locks on the log file; SQLite keeps
 * none there. The same thing done to the database file would release SQLite's own.)
 */
export function resyncLog(file: string): void {
  let log: number;
  try {
    log = openSync(file, 'r+');
  } catch (error) {
    if (isFileFailure(error, 'ENOENT')) return;
    throw error;
  }
  try {
    const chunk = Buffer.alloc(CHUNK);
    for (let at = 0; ;) {
      const read = readSync(log, chunk, 0, CHUNK, at);
      if (read === 0) break;
      for (let done = 0; done < read;) done += writeSync(log, chunk, done, read - done, at + done);
      at += read;
    }
    fsyncSync(log);
  } finally {
    closeSync(log);
  }
}
