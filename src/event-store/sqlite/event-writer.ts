import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { EventIdTaken, RevisionConflict } from '../errors.js';
import type { ExpectedRevision, NewEvent } from '../event-store.js';
import { prepareRows } from './connection.js';
import { isConstraint } from './sqlite-failure.js';
import { StreamHeads, type Head } from './stream-heads.js';

/** Where the last event of an append stands. */
export interface Written {
  row: number;
  revision: number;
  alreadyStored: boolean;
}

type Standing = [row: number, stream: string, revision: number];

/**
 * Writes appends within a transaction that its caller has begun. What an append could be refused for is found out before
 * its first row is written, so a refused append leaves nothing to undo and does not spoil the others of its group.
 */
export class EventWriter {
  private readonly heads: StreamHeads;
  private readonly eventById: StatementSync;
  private readonly addStream: StatementSync;
  private readonly addEvent: StatementSync;
  private readonly countUp: StatementSync;

  constructor(db: DatabaseSync) {
    this.heads = new StreamHeads(db);
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

  /** The transaction has the write lock. */
  begin(): void {
    this.heads.begin();
  }

  /** The transaction has been rolled back. */
  undone(): void {
    this.heads.forget();
  }

  /** Throws RevisionConflict or EventIdTaken before anything is written; whatever else it throws is a fault of the file. */
  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Written {
    const head = this.heads.of(stream);
    const actual = head?.revision ?? 'no_stream';
    const [only] = events.length === 1 ? events : [];
    // The common case, one more event of a stream that is there, is a single row: that its id is taken shows soon enough.
    if (head && only && actual === expected) return this.addOne(stream, head, only);
    const stored = this.find(stream, events);
    if (stored) return stored;
    if (actual !== expected) throw new RevisionConflict(stream, expected, actual);
    return this.add(stream, head ?? { id: this.addStream.run(stream).lastInsertRowid, revision: -1 }, events);
  }

  private addOne(stream: string, head: Head, event: NewEvent): Written {
    try {
      return this.add(stream, head, [event]);
    } catch (error) {
      const stored = isConstraint(error) ? this.find(stream, [event]) : undefined;
      if (stored) return stored;
      throw error;
    }
  }

  private add(stream: string, { id, revision: last }: Head, events: readonly NewEvent[]): Written {
    let revision = last;
    let row: number | bigint = 0;
    for (const { eventId, type, payload, metadata } of events) {
      revision += 1;
      row = this.addEvent.run(id, revision, eventId, type, payload, metadata).lastInsertRowid;
    }
    this.heads.moved(stream, { id, revision });
    return { row: Number(row), revision, alreadyStored: false };
  }

  /** The first answer again, if these very events stand in the stream one after the other; undefined if none is known. */
  find(stream: string, events: readonly NewEvent[]): Written | undefined {
    const known = events.find(({ eventId }) => this.standing(eventId));
    if (!known) return undefined;
    let last: Standing | undefined;
    for (const { eventId } of events) {
      const standing = this.standing(eventId);
      const follows = last === undefined || standing?.[2] === last[2] + 1;
      if (standing?.[1] !== stream || !follows) throw new EventIdTaken(known.eventId);
      last = standing;
    }
    return last && { row: last[0], revision: last[2], alreadyStored: true };
  }

  /** A write that says nothing, for who has to know that one would succeed. */
  prove(): void {
    this.countUp.run();
  }

  private standing(eventId: string): Standing | undefined {
    return this.eventById.get(eventId) as unknown as Standing | undefined;
  }
}
