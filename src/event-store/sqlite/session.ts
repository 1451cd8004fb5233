import type { DatabaseSync } from 'node:sqlite';
import { connect, serveFromNowOn, type ConnectionOptions } from './connection.js';
import { Checkpoints } from './checkpoints.js';
import { EventReader } from './event-reader.js';
import { EventWriter } from './event-writer.js';
import { GroupCommit } from './group-commit.js';
import { resyncLog } from './resync-log.js';
import { demandSchema, prepareSchema } from './schema.js';
import { storeError } from './sqlite-failure.js';

const PAGE_BYTES = 4_096;

/** A connection and everything prepared on it. After a fault the store moves to a new one as a whole. */
export interface Session {
  db: DatabaseSync;
  reader: EventReader;
  /** Absent on a connection that only reads. */
  writing?: Writing;
}

/** How long the log may grow, in pages of 4 KiB, before it is copied into the database. */
export type SessionOptions = Omit<ConnectionOptions, 'walBytes'> & { walPages: number };

interface Writing {
  writer: EventWriter;
  group: GroupCommit;
  checkpoints: Checkpoints;
}

/**
 * Opens the file. `beforeUse` runs in the first transaction, which is on disk when this returns.
 * Blocks while another process holds the write lock, up to the connection's patience for opening.
 */
export function openSession(
  file: string,
  options: SessionOptions,
  beforeUse?: (writer: EventWriter) => void,
): Session {
  const db = connect(file, { ...options, walBytes: 4 * options.walPages * PAGE_BYTES });
  try {
    if (options.access === 'read') {
      demandSchema(db);
      serveFromNowOn(db);
      return { db, reader: new EventReader(db) };
    }
    db.exec('BEGIN IMMEDIATE');
    // With the write lock held nobody else touches the log.
    resyncLog(`${file}-wal`);
    prepareSchema(db);
    const writer = new EventWriter(db);
    beforeUse?.(writer);
    db.exec('COMMIT');
    serveFromNowOn(db);
    return {
      db,
      reader: new EventReader(db),
      writing: {
        writer,
        group: new GroupCommit(db, writer),
        checkpoints: new Checkpoints(db, options.walPages),
      },
    };
  } catch (error) {
    db.close();
    throw storeError(error);
  }
}
