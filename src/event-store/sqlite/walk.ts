import { setImmediate as turn } from 'node:timers/promises';
import type { StoredEvent, StreamFilter } from '../event-store.js';
import type { KnownGaps } from '../known-gaps.js';
import type { EventReader } from './event-reader.js';
import { storeError } from './sqlite-failure.js';

export interface Walk {
  /** Rows after this one, */
  after: number;
  /** up to this one. */
  upTo: number;
  filter: StreamFilter | undefined;
  batchSize: number;
  gaps: KnownGaps<number>;
}

/** The events between two rows, page by page; the event loop has its turn between two pages. */
export async function* walk(
  reader: () => EventReader,
  { after, upTo, filter, batchSize, gaps }: Walk,
): AsyncGenerator<StoredEvent[]> {
  for (let row = gaps.past(filter, after); row < upTo;) {
    const page = told(() => reader().page(row, upTo, filter, batchSize));
    gaps.note(filter, page.last ?? row, page.through);
    row = gaps.past(filter, page.through);
    if (page.events.length > 0) yield page.events;
    if (row < upTo) await turn();
  }
}

/** Reads, and tells a failure in the store's own words. */
export function told<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw storeError(error);
  }
}
