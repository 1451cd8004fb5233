import { chmodSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { flushFile } from '../flush.js';
import type { Show } from './watch.js';

const PATIENCE_MS = 10_000;
const PAGES_AT_A_TIME = 2_000;
/** The most that can be asked for. */
const ALL_PAGES = 2 ** 31 - 1;

/**
 * A copy of one state of a database that others may be writing to. It is one file, without a log beside it, and on disk.
 *
 * SQLite's own backup begins anew whenever somebody else has written, and beside a busy service it would never end; a read
 * transaction that is open meanwhile keeps it to the state it began with. (In the log: nobody waits for that.)
 */
export async function copyBesideWriters(from: string, to: string, show: Show, stage: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: PATIENCE_MS });
  try {
    source.exec('BEGIN');
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
    await backup(source, to, {
      rate: PAGES_AT_A_TIME,
      progress: ({ totalPages, remainingPages }) => show(stage, totalPages - remainingPages, totalPages),
    });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  makePlain(to);
}

/** The same of a small one, in one step. Of one without a log, whoever writes waits for it. */
export async function copyAtOnce(from: string, to: string): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true, timeout: PATIENCE_MS });
  try {
    await backup(source, to, { rate: ALL_PAGES });
  } finally {
    source.close();
  }
  makePlain(to);
}

function makePlain(file: string): void {
  chmodSync(file, 0o600);
  const copy = new DatabaseSync(file);
  copy.exec('PRAGMA journal_mode = DELETE');
  copy.close();
  flushFile(file);
}
