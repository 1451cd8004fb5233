import { HabeasError } from '../../errors.js';
import type { EventStore } from '../event-store.js';
import { isBeginning, type Comparison } from './compare-stores.js';
import { groups, type Group } from './groups.js';
import { Persistence } from './persistence.js';
import { throughout } from './throughout.js';
import type { Watch } from './watch.js';

/** The target did not take an append. Everything before it is there; that append itself is, or is not: another run finds out. */
export class AppendFailed extends Error {
  override readonly name = 'AppendFailed';

  constructor(
    readonly group: Group,
    /** So many events are in the target. */
    readonly done: number,
    override readonly cause: HabeasError,
  ) {
    super(cause.message, { cause });
  }
}

/**
 * Copies what the source has and the target has not, in the source's order, one append after the other: the next is sent when
 * the one before is on disk. Killed at any moment, it can be begun again with a new comparison. Gives the number of events
 * copied; rejects with AppendFailed, or with StoreUnavailable where the source cannot be read.
 *
 * Two of these at once do no harm: each sends an event only behind all those before it, and the target takes each once. Anybody
 * else who writes to the target breaks the order, which only a comparison afterwards would show.
 */
export async function copyRest(
  source: EventStore,
  target: EventStore,
  found: Comparison,
  watch: Watch,
): Promise<number> {
  if (!isBeginning(found))
    throw new TypeError('the target holds something else than a beginning of the source');
  const persistence = new Persistence(watch);
  let copied = 0;
  watch.show(found.same);
  for await (const group of groups(throughout(source, found.lastSame, watch))) {
    watch.signal.throwIfAborted();
    try {
      await persistence.until(() => target.append(group.stream, group.events, group.expected));
    } catch (error) {
      throw error instanceof HabeasError ? new AppendFailed(group, found.same + copied, error) : error;
    }
    copied += group.events.length;
    watch.show(found.same + copied);
  }
  return copied;
}
