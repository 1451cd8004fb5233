import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Position, StoredEvent, StreamFilter } from '../event-store.js';
import { prepareRows } from './connection.js';
import { toPosition } from './position.js';

type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  payload: string,
  metadata: string,
];

export interface Page {
  events: StoredEvent[];
  /** The row of the last of them; undefined if there are none. */
  last: number | undefined;
  /** Every row up to here has been looked at. */
  through: number;
}

/** A filtered page looks at no more rows than this, matching or not: reading holds up the event loop. */
const ROWS_LOOKED_AT = 5_000;
/** Above every character, in the byte order SQLite compares text in. */
const LAST = '\u{10FFFF}';
const COLUMNS = 'e.position, s.name, e.revision, e.event_id, e.type, e.payload, e.metadata';
/** CROSS JOIN: the log is walked in its own order, whatever the planner may think of the filter. */
const IN_ORDER = `SELECT ${COLUMNS} FROM events e CROSS JOIN streams s ON s.id = e.stream_id WHERE e.position > ? AND e.position <= ?`;

export class EventReader {
  private readonly last: StatementSync;
  private readonly ofStream: StatementSync;
  private readonly version: StatementSync;
  private readonly pages = new Map<number, StatementSync>();

  constructor(private readonly db: DatabaseSync) {
    this.last = prepareRows(db, 'SELECT coalesce(max(position), 0) FROM events');
    this.ofStream = prepareRows(
      db,
      `SELECT ${COLUMNS} FROM streams s CROSS JOIN events e ON e.stream_id = s.id WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision`,
    );
    this.version = prepareRows(db, 'PRAGMA data_version');
  }

  /** The row of the last event; 0 if there is none. */
  head(): number {
    return numberIn(this.last);
  }

  /** Changes when another connection has committed; what this one commits does not change it. */
  dataVersion(): number {
    return numberIn(this.version);
  }

  stream(stream: string, fromRevision: number): StoredEvent[] {
    return events(this.ofStream.all(stream, fromRevision));
  }

  /** The next events after a row and up to another, at most `limit`. */
  page(after: number, upTo: number, filter: StreamFilter | undefined, limit: number): Page {
    const prefixes = filter?.prefixes;
    const end = prefixes ? Math.min(upTo, after + ROWS_LOOKED_AT) : upTo;
    const bounds = (prefixes ?? []).flatMap((prefix): SQLInputValue[] => [prefix, prefix + LAST]);
    const rows = this.pageOf(prefixes?.length).all(after, end, ...bounds, limit) as unknown as Row[];
    const lastRow = rows.length === limit ? rows.at(-1) : undefined;
    return {
      events: events(rows),
      last: rows.at(-1)?.[0],
      through: lastRow ? lastRow[0] : Math.max(after, end),
    };
  }

  private pageOf(prefixes: number | undefined): StatementSync {
    const key = prefixes ?? -1;
    let statement = this.pages.get(key);
    if (!statement) {
      const matches = Array.from({ length: prefixes ?? 0 }, () => '(s.name >= ? AND s.name <= ?)').join(
        ' OR ',
      );
      const filtered = prefixes === undefined ? '' : ` AND (${matches || 'FALSE'})`;
      statement = prepareRows(this.db, `${IN_ORDER}${filtered} ORDER BY e.position LIMIT ?`);
      this.pages.set(key, statement);
    }
    return statement;
  }
}

function numberIn(statement: StatementSync): number {
  const [value] = (statement.get() ?? [0]) as unknown as [number];
  return value;
}

const events = (rows: unknown): StoredEvent[] => (rows as Row[]).map((row) => new EventInRow(row));

/**
 * Of a class, not written as a literal: of literals V8 counts how many are still in use when it collects its young generation, and where
 * that were nearly all, once, it makes all later ones among the old. Each of them then keeps its texts until everything is collected,
 * and whoever reads a million has hundreds of MB of them.
 */
class EventInRow implements StoredEvent {
  readonly position: Position;
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly payload: string;
  readonly metadata: string;

  constructor([row, stream, revision, eventId, type, payload, metadata]: Row) {
    this.position = toPosition(row);
    this.stream = stream;
    this.revision = revision;
    this.eventId = eventId;
    this.type = type;
    this.payload = payload;
    this.metadata = metadata;
  }
}
