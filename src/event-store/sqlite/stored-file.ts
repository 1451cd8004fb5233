import { DatabaseSync } from 'node:sqlite';
import type { StoredEvent } from '../event-store.js';
import { KnownGaps } from '../known-gaps.js';
import { EventReader } from './event-reader.js';
import { BEFORE_ALL } from './position.js';
import { demandSchema } from './schema.js';
import { storeError } from './sqlite-failure.js';
import { walk } from './walk.js';

const BATCH = 1_000;

/** All events of a copy that no service has open, in order. It is only read. Throws StoreUnavailable. */
export async function* eventsInFile(file: string): AsyncGenerator<StoredEvent[]> {
  const db = opened(file);
  try {
    const reader = new EventReader(db);
    const gaps = new KnownGaps<number>();
    const upTo = reader.head();
    yield* walk(() => reader, { after: BEFORE_ALL, upTo, filter: undefined, batchSize: BATCH, gaps });
  } finally {
    db.close();
  }
}

function opened(file: string): DatabaseSync {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(file, { readOnly: true });
    demandSchema(db);
    return db;
  } catch (error) {
    db?.close();
    throw storeError(error);
  }
}
