import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { prepareRows } from './connection.js';
import { isBusy, isFull } from './sqlite-failure.js';

/** In how many multiples of the limit a log counts as long. */
const LONG = 8;

type Counts = [busy: number, inLog: number, copied: number];

/**
 * Keeps the log short by copying it into the database once it holds `limit` pages. That happens after a group has been
 * answered: a checkpoint that fails takes nothing back, and the log keeps what could not be copied.
 */
export class Checkpoints {
  private readonly look: StatementSync;
  private readonly copy: StatementSync;
  private readonly copyAndRestart: StatementSync;
  private triedAt = 0;

  constructor(
    db: DatabaseSync,
    private readonly limit: number,
  ) {
    this.look = prepareRows(db, 'PRAGMA wal_checkpoint(NOOP)');
    this.copy = prepareRows(db, 'PRAGMA wal_checkpoint(PASSIVE)');
    this.copyAndRestart = prepareRows(db, 'PRAGMA wal_checkpoint(RESTART)');
  }

  /** A full disk and a reader in the way are put up with; any other failure is thrown: the file needs to be checked. */
  runIfDue(): void {
    const [, inLog, copied] = counts(this.look);
    if (inLog < this.triedAt) this.triedAt = 0;
    if (inLog - Math.max(copied, this.triedAt) < this.limit) return;
    this.triedAt = inLog;
    try {
      // The log starts again from its beginning once everything is copied and nobody reads in it. Should readers always be
      // there, it is worth waiting for them before it grows for ever.
      counts(inLog < LONG * this.limit ? this.copy : this.copyAndRestart);
    } catch (error) {
      if (!isBusy(error) && !isFull(error)) throw error;
    }
  }
}

function counts(statement: StatementSync): Counts {
  return statement.get() as unknown as Counts;
}
