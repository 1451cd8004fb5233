import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '../event-store/event-store.js';
import type { Build, PreparedBatch } from './build.js';
import type { Deriving } from './deriving.js';

/**
 * Gives batches to be committed in their order. Where the rows are worked out in other threads, those of the next batch are
 * while one is being written; in this thread that would only make the transaction longer.
 */
export async function* prepared(
  build: Build,
  batches: AsyncIterable<readonly StoredEvent[]>,
  deriving: Deriving,
): AsyncGenerator<PreparedBatch> {
  let before: Promise<PreparedBatch> | undefined;
  for await (const events of batches) {
    const next = build.prepare(events);
    // It is awaited below, perhaps only after the batch before has failed.
    next.catch(() => undefined);
    if (before) yield await before;
    before = next;
    if (!deriving.elsewhere) {
      yield await next;
      before = undefined;
    }
    await setImmediate();
  }
  if (before) yield await before;
}
