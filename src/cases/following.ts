import type { EventStore, Position, StoredEvent } from '../event-store/event-store.js';
import { CASE_STREAMS } from './case-stream.js';

/** Hands on what is recorded in the cases after a position, batch by batch, until the signal. Ends early with what `take` throws. */
export async function followCases(
  store: EventStore,
  after: Position | undefined,
  signal: AbortSignal,
  take: (batch: readonly StoredEvent[]) => Promise<void>,
): Promise<void> {
  const subscription = store.subscribe(after, { prefixes: [CASE_STREAMS] });
  const stop = () => subscription.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const batch of subscription) await take(batch);
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
  }
}
