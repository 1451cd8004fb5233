import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { prepareRows } from './connection.js';

export interface Head {
  id: number | bigint;
  /** Of the stream's last event. */
  revision: number;
}

/** More streams than this are not remembered. */
const REMEMBERED = 10_000;

/**
 * Where streams stand. Those this connection has lately appended to are remembered, so that most appends look nothing up;
 * that is sound as long as nobody else has written, which every transaction asks first, with the write lock in hand.
 */
export class StreamHeads {
  private readonly byName: StatementSync;
  private readonly dataVersion: StatementSync;
  private readonly remembered = new Map<string, Head>();
  private version: number | undefined;

  constructor(db: DatabaseSync) {
    this.byName = prepareRows(
      db,
      'SELECT id, (SELECT max(revision) FROM events WHERE stream_id = streams.id) FROM streams WHERE name = ?',
    );
    this.dataVersion = prepareRows(db, 'PRAGMA data_version');
  }

  /** To be called in a transaction that holds the write lock, before anything else. */
  begin(): void {
    const [version] = this.dataVersion.get() as unknown as [number];
    if (version !== this.version || this.remembered.size > REMEMBERED) this.forget();
    this.version = version;
  }

  of(stream: string): Head | undefined {
    const remembered = this.remembered.get(stream);
    if (remembered) return remembered;
    const row = this.byName.get(stream) as unknown as [id: number, revision: number] | undefined;
    return row && { id: row[0], revision: row[1] };
  }

  moved(stream: string, head: Head): void {
    this.remembered.set(stream, head);
  }

  /** What was appended has been undone. */
  forget(): void {
    this.remembered.clear();
  }
}
