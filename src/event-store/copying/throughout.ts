import { StoreUnavailable } from '../errors.js';
import type { EventStore, Position, StoredEvent } from '../event-store.js';
import { Persistence } from './persistence.js';
import type { Watch } from './watch.js';

/**
 * Every event after a position, to the very end: a read that breaks off, or ends before the store's last event, is taken up
 * where it left off.
 */
export async function* throughout(
  store: EventStore,
  after: Position | undefined,
  watch: Watch,
): AsyncGenerator<StoredEvent> {
  const persistence = new Persistence(watch);
  for (let reached = after; ;) {
    try {
      for await (const events of store.readAll(reached)) {
        for (const event of events) {
          watch.signal.throwIfAborted();
          yield event;
          reached = event.position;
        }
        persistence.worked();
      }
      const head = await store.head();
      if (head === undefined || (reached !== undefined && reached >= head)) return;
      throw new StoreUnavailable('a read ended before the last event');
    } catch (error) {
      await persistence.pause(error);
    }
  }
}
