import { setImmediate } from 'node:timers/promises';
import type { StoredEvent } from '../event-store/event-store.js';
import type { Build, PreparedBatch } from './build.js';
import type { Deriving } from './deriving.js';

/** So many batches are being worked out while one is written: enough that nobody waits for anybody, few enough to be held. */
const AHEAD = 3;

/**
 * Gives batches to be committed in their order. Where the rows are worked out in other threads, those of the next batches are
 * while one is being written; and so it is where they are written by a server. With both in this thread that would only make
 * the transaction longer.
 */
export async function* prepared(
  build: Build,
  batches: AsyncIterable<readonly StoredEvent[]> | Iterable<readonly StoredEvent[]>,
  deriving: Deriving,
): AsyncGenerator<PreparedBatch> {
  const ahead = deriving.elsewhere || build.isWrittenElsewhere ? AHEAD : 0;
  const coming: Promise<PreparedBatch>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  for await (const events of batches) {
    // Of two in one thread neither would be ready before the other: nothing would be written meanwhile.
    const next = deriving.elsewhere
      ? build.prepare(events, deriving)
      : last.then(() => build.prepare(events, deriving));
    last = next;
    // It is awaited below, perhaps only after the batch before has failed.
    next.catch(() => undefined);
    coming.push(next);
    while (coming.length > ahead) yield await coming.shift()!;
    await setImmediate();
  }
  for (const batch of coming) yield await batch;
}
