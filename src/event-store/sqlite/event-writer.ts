import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { EventIdTaken, RevisionConflict } from '../errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../event-store.js';
import { prepareRows } from './connection.js';
import { toPosition } from './position.js';

interface Standing {
  position: number;
  stream: string;
  revision: number;
}

/**
 * Writes appends within a transaction that its caller has begun. Everything an append could be refused for is looked up
 * before its first row is written, so a refused append leaves nothing to undo and does not spoil the others of its group.
 */
export class EventWriter {
  private readonly streamByName: StatementSync;
  private readonly eventById: StatementSync;
  private readonly addStream: StatementSync;
  private readonly addEvent: StatementSync;
  private readonly countUp: StatementSync;

  constructor(db: DatabaseSync) {
    this.streamByName = prepareRows(
      db,
      'SELECT id, (SELECT max(revision) FROM events WHERE stream_id = streams.id) FROM streams WHERE name = ?',
    );
    this.eventById = prepareRows(
      db,
      `SELECT e.position, s.name, e.revision FROM events e CROSS JOIN streams s ON s.id = e.stream_id WHERE e.event_id = ?`,
    );
    this.addStream = db.prepare('INSERT INTO streams (name) VALUES (?)');
    this.addEvent = db.prepare(
      'INSERT INTO events (stream_id, revision, event_id, type, payload, metadata) VALUES (?, ?, ?, ?, ?, ?)',
    );
    this.countUp = db.prepare('UPDATE proofs_of_writing SET count = count + 1');
  }

  /** Throws RevisionConflict or EventIdTaken before anything is written; whatever else it throws is a fault of the file. */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): AppendResult {
    const stored = this.find(stream, events);
    if (stored) return stored;
    const row = this.streamByName.get(stream) as unknown as [id: number, head: number] | undefined;
    const actual = row?.[1] ?? 'no_stream';
    if (actual !== expected) throw new RevisionConflict(stream, expected, actual);
    const id = row?.[0] ?? this.addStream.run(stream).lastInsertRowid;
    let revision = actual === 'no_stream' ? -1 : actual;
    let position: number | bigint = 0;
    for (const event of events) {
      revision += 1;
      const { eventId, type, payload, metadata } = event;
      position = this.addEvent.run(id, revision, eventId, type, payload, metadata).lastInsertRowid;
    }
    return { revision, position: toPosition(Number(position)), alreadyStored: false };
  }

  /** The first answer again, if these very events stand in the stream one after the other; undefined if none is known. */
  find(stream: string, events: readonly NewEvent[]): AppendResult | undefined {
    const standings = events.map(({ eventId }) => ({ eventId, standing: this.standing(eventId) }));
    const first = standings.find(({ standing }) => standing);
    if (!first?.standing) return undefined;
    let revision = first.standing.revision - 1;
    let position = 0;
    for (const { standing } of standings) {
      revision += 1;
      if (standing?.stream !== stream || standing.revision !== revision)
        throw new EventIdTaken(first.eventId);
      position = standing.position;
    }
    return { revision, position: toPosition(position), alreadyStored: true };
  }

  /** A write that says nothing, for who has to know that one would succeed. */
  prove(): void {
    this.countUp.run();
  }

  private standing(eventId: string): Standing | undefined {
    const row = this.eventById.get(eventId) as unknown as [number, string, number] | undefined;
    return row && { position: row[0], stream: row[1], revision: row[2] };
  }
}
