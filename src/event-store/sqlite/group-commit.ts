import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { EventWriter } from './event-writer.js';
import { isBusy, isFull } from './sqlite-failure.js';

/** One caller's part of a group. */
export interface Work {
  /** Runs inside the group's transaction. What concerns its caller alone it keeps; what it throws ends the group. */
  run(writer: EventWriter): void;
  /** Gives the answer that `run` has come to. That may be a refusal, for the sake of an earlier part of the same group. */
  settle(): void;
  /** Nothing of it is on disk. */
  reject(error: unknown): void;
  /** For one in doubt: is it in the store? If so, `settle` gives its answer. */
  isStored(writer: EventWriter): boolean;
}

export type GroupOutcome =
  /** On disk. The answers wait to be given. */
  | { kind: 'committed' }
  /** Another connection is writing: the same group may be tried again. */
  | { kind: 'busy'; error: unknown }
  /** Nothing was written, and the connection is sound. */
  | { kind: 'refused'; error: unknown }
  /** The file or the connection is not to be trusted before it has been checked; `inDoubt` may be on disk or not. */
  | { kind: 'faulty'; error: unknown; inDoubt: boolean };

/** Many appends, each with an expected revision and an answer of its own; one transaction, one flush to disk. */
export class GroupCommit {
  private readonly begin: StatementSync;
  private readonly commit: StatementSync;

  constructor(
    private readonly db: DatabaseSync,
    private readonly writer: EventWriter,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
  }

  run(group: readonly Work[]): GroupOutcome {
    try {
      this.begin.run();
    } catch (error) {
      return isBusy(error) ? { kind: 'busy', error } : { kind: 'faulty', error, inDoubt: false };
    }
    try {
      this.writer.begin();
      for (const work of group) work.run(this.writer);
    } catch (error) {
      return this.rolledBack() && isFull(error)
        ? { kind: 'refused', error }
        : { kind: 'faulty', error, inDoubt: false };
    }
    try {
      this.commit.run();
    } catch (error) {
      // A failed flush leaves the whole group in the log file, where a recovery might find it; only a full disk is certain.
      return this.rolledBack() && isFull(error)
        ? { kind: 'refused', error }
        : { kind: 'faulty', error, inDoubt: true };
    }
    return { kind: 'committed' };
  }

  private rolledBack(): boolean {
    this.writer.undone();
    try {
      if (this.db.isTransaction) this.db.exec('ROLLBACK');
      return true;
    } catch {
      return false;
    }
  }
}
