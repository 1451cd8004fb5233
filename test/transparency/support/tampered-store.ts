import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A row as somebody finds it who opens the file. */
export interface Row {
  position: number;
  stream_id: number;
  revision: number;
  event_id: string;
  type: string;
  payload: string;
  metadata: string;
}

/** What a store would give in the end: one line an event, without the numbers by which it is put in order. */
type Seen = string;

/** A store in the hands of somebody who has its file and knows SQL, and who puts everything back afterwards. */
export class TamperedStore {
  readonly #db: DatabaseSync;
  readonly rows: readonly Row[];
  readonly #whole: readonly Seen[];

  constructor(folder: string) {
    this.#db = new DatabaseSync(join(folder, 'events.db'));
    // Whoever alters a store keeps to no rules.
    this.#db.exec('PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF');
    this.#db.exec(
      'CREATE TEMP TABLE whole AS SELECT * FROM events; CREATE TEMP TABLE names AS SELECT * FROM streams',
    );
    this.rows = this.#db.prepare('SELECT * FROM events ORDER BY position').all() as unknown as Row[];
    this.#whole = this.#seen();
  }

  run(sql: string, ...values: (string | number)[]): void {
    this.#db.prepare(sql).run(...values);
  }

  /** The rows exchange their places in the order. */
  swap(one: Row, other: Row): void {
    const place = (row: Row, position: number): void =>
      this.run('UPDATE events SET position = ? WHERE event_id = ?', position, row.event_id);
    place(one, -1_000_000);
    place(other, one.position);
    place(one, other.position);
  }

  /** Makes room before this row. */
  shiftFrom({ position }: Row): void {
    this.run('UPDATE events SET position = -position WHERE position >= ?', position);
    this.run('UPDATE events SET position = 1 - position WHERE position <= ?', -position);
  }

  put({ position, stream_id, revision, event_id, type, payload, metadata }: Row): void {
    const values = [position, stream_id, revision, event_id, type, payload, metadata];
    this.run('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?)', ...values);
  }

  /** A number that a stream of its own has got. */
  newStream(name: string): number {
    return Number(this.#db.prepare('INSERT INTO streams (name) VALUES (?)').run(name).lastInsertRowid);
  }

  nameOf({ stream_id }: Row): string {
    const { name } = this.#db.prepare('SELECT name FROM streams WHERE id = ?').get(stream_id) as {
      name: string;
    };
    return name;
  }

  /** The first place at which the store is not what it was; undefined: nobody could tell. By comparing, without a hash. */
  firstAltered(): { leaf: number; there: { stream: string; revision: number } | undefined } | undefined {
    const now = this.#seen();
    const leaf = this.#whole.findIndex((seen, n) => seen !== now[n]);
    const at = leaf >= 0 ? leaf : now.length > this.#whole.length ? this.#whole.length : -1;
    if (at < 0) return undefined;
    const found = now[at];
    if (found === undefined) return { leaf: at, there: undefined };
    const [stream, revision] = JSON.parse(found) as [string, number];
    return { leaf: at, there: { stream, revision } };
  }

  restore(): void {
    this.#db.exec(`
      BEGIN;
      DELETE FROM events; INSERT INTO events SELECT * FROM whole;
      DELETE FROM streams; INSERT INTO streams SELECT * FROM names;
      COMMIT;
    `);
  }

  close(): void {
    this.#db.close();
  }

  #seen(): Seen[] {
    const rows = this.#db
      .prepare(
        `SELECT s.name, e.revision, e.event_id, e.type, e.payload, e.metadata FROM events e
         JOIN streams s ON s.id = e.stream_id ORDER BY e.position`,
      )
      .all();
    return rows.map((row) => JSON.stringify(Object.values(row)));
  }
}
