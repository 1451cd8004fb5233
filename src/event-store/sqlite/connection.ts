import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { NotDurable } from '../../not-durable.js';
import { storeError } from './sqlite-failure.js';

export type Access = 'write' | 'read';
/** `normal` does not keep the store's promises; it is there for the test that has to see them broken. */
export type Durability = 'full' | 'normal';

export interface ConnectionOptions {
  access: Access;
  durability: Durability;
  /** The log file is cut back to this once it has been emptied into the database. */
  walBytes: number;
}

const LEVEL = { full: 2, normal: 1 } as const;
/** Whoever only reads goes through a store from one end to the other, and the system keeps what is in the file. */
const CACHE_KIB = { write: 16_000, read: 2_000 };
/** How long opening waits for another process, and how long, later, SQLite may hold up the event loop. */
const PATIENCE = { openingMs: 5_000, runningMs: 50 };

/** A connection with every promise of durability set and read back; it refuses to come into being without them. */
export function connect(file: string, options: ConnectionOptions): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: options.access === 'read', timeout: PATIENCE.openingMs });
    if (options.access === 'write') makeDurable(db, options);
    demand(db, 'journal_mode', 'wal');
    // A fault in a mapped page would be a signal, not an error that can be answered.
    set(db, 'mmap_size', 0);
    set(db, 'cache_size', -CACHE_KIB[options.access]);
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error);
  }
}

/** Opening is over: from now on a lock that is held elsewhere is not worth holding up the event loop for. */
export function serveFromNowOn(db: DatabaseSync): void {
  set(db, 'busy_timeout', PATIENCE.runningMs);
}

function makeDurable(db: DatabaseSync, { durability, walBytes }: ConnectionOptions): void {
  set(db, 'journal_mode', 'wal');
  set(db, 'synchronous', LEVEL[durability]);
  demand(db, 'synchronous', LEVEL[durability]);
  // On macOS a plain fsync does not reach the platter; elsewhere these two change nothing.
  set(db, 'fullfsync', 1);
  set(db, 'checkpoint_fullfsync', 1);
  // SQLite hides what goes wrong in a checkpoint of its own accord; the store runs them itself and looks.
  set(db, 'wal_autocheckpoint', 0);
  set(db, 'journal_size_limit', walBytes);
}

function set(db: DatabaseSync, pragma: string, value: string | number): void {
  db.exec(`PRAGMA ${pragma} = ${value}`);
}

function demand(db: DatabaseSync, pragma: string, wanted: string | number): void {
  const [actual] = Object.values(db.prepare(`PRAGMA ${pragma}`).get() ?? {});
  if (actual !== wanted)
    throw new NotDurable(`the event store has ${pragma} ${String(actual)}, not ${wanted}`);
}

/** Rows come as arrays: half the cost of objects, and the store makes objects of its own anyway. */
export function prepareRows(db: DatabaseSync, sql: string): StatementSync {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement;
}
