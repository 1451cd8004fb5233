import type { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../errors.js';

const VERSION = 1;

/**
 * Streams are named once and numbered: the facts of cases that are worked on at the same time then lie side by side in the
 * index, and a group of 64 appends dirties a few pages instead of one each.
 *
 * Positions ascend in the order of commits, without which a subscriber could pass one that appears later: they are drawn
 * inside a transaction that holds SQLite's only write lock from its start (BEGIN IMMEDIATE) to its commit, so no
 * transaction draws one while another that drew a lower is still open, in this process or any other. AUTOINCREMENT never
 * gives a number twice that was once committed.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS streams (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS events (
    position  INTEGER PRIMARY KEY AUTOINCREMENT,
    stream_id INTEGER NOT NULL REFERENCES streams (id),
    revision  INTEGER NOT NULL,
    event_id  TEXT NOT NULL UNIQUE,
    type      TEXT NOT NULL,
    payload   TEXT NOT NULL,
    metadata  TEXT NOT NULL,
    UNIQUE (stream_id, revision)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS proofs_of_writing (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    count INTEGER NOT NULL
  ) STRICT;
  INSERT OR IGNORE INTO proofs_of_writing (id, count) VALUES (1, 0);
  PRAGMA user_version = ${VERSION};
`;

/** Makes the tables if the file is new; refuses a file that a newer release has written. Call it inside a transaction. */
export function prepareSchema(db: DatabaseSync): void {
  const version = schemaVersion(db);
  if (version === 0) db.exec(TABLES);
  else demandKnown(version);
}

/** For a connection that only reads. */
export function demandSchema(db: DatabaseSync): void {
  const version = schemaVersion(db);
  if (version === 0) throw new StoreUnavailable('there is no event store here yet');
  demandKnown(version);
}

function schemaVersion(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}

function demandKnown(version: number): void {
  if (version !== VERSION)
    throw new StoreUnavailable(`the event store has format ${version}; this release knows ${VERSION}`);
}
