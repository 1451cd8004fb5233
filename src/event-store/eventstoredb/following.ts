import {
  excludeSystemEvents,
  START,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
  type Filter,
} from '@eventstore/db-client';
import type { Position, StoredEvent, StreamFilter, Subscription } from '../event-store.js';
import { backOff } from './back-off.js';
import type { Connection } from './connection.js';
import { reasonOf } from './failure.js';
import { arrivals } from './incoming.js';
import { toLogPosition } from './position.js';
import { ours, type Reading } from './reading.js';
import { matches } from './stream-filter.js';
import { within } from './within.js';

const MOST_AT_ONCE = 500;
const UNSUBSCRIBE_MS = 1_000;
const PAUSES = { first: 100, longest: 5_000 };
const READ_AHEAD = { highWaterMark: MOST_AT_ONCE };

export interface FollowingParts {
  connection: Connection;
  reading: Reading;
  filter: StreamFilter | undefined;
  live: Set<Subscription>;
  /** Told each time when it had to subscribe anew. */
  onTrouble: (reason: string) => void;
}

/**
 * A subscription that subscribes again, after the last event it has delivered, whenever the connection breaks, the server ends
 * it, or events are to be had that it does not bring. It ends when it is stopped, and never by itself.
 */
export class Following implements Subscription {
  readonly #stop = new AbortController();
  #checkedTo: Position | undefined;

  constructor(
    private reached: Position | undefined,
    private readonly parts: FollowingParts,
  ) {}

  stop(): void {
    this.#stop.abort();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly StoredEvent[]> {
    const { live, onTrouble } = this.parts;
    const { signal } = this.#stop;
    live.add(this);
    let failures = 0;
    try {
      while (!signal.aborted) {
        try {
          for await (const events of this.#subscribed()) {
            failures = 0;
            yield events;
            if (signal.aborted) return;
          }
          if (!signal.aborted) onTrouble('the server ended the subscription');
        } catch (error) {
          if (!signal.aborted) onTrouble(reasonOf(error));
        }
        failures += 1;
        await backOff(failures, PAUSES, signal);
      }
    } finally {
      live.delete(this);
    }
  }

  async *#subscribed(): AsyncGenerator<readonly StoredEvent[]> {
    const { connection, filter } = this.parts;
    const { signal } = this.#stop;
    const client = await connection.client();
    const subscription = subscribe(client, this.reached, filter);
    try {
      for await (const arrived of arrivals(subscription, { idleMs: connection.patience.quiet, signal })) {
        if (arrived.length === 0) await this.#expectNothing(client);
        const events = ours(arrived).filter(({ stream }) => matches(filter, stream));
        for (let from = 0; from < events.length; from += MOST_AT_ONCE) {
          const batch = events.slice(from, from + MOST_AT_ONCE);
          this.reached = batch.at(-1)?.position ?? this.reached;
          yield batch;
          if (signal.aborted) return;
        }
      }
    } finally {
      await within(UNSUBSCRIBE_MS, subscription.unsubscribe()).catch(() => undefined);
    }
  }

  /** Throws if the store has events that should have come: whatever the subscription waits for, it waits in vain. */
  async #expectNothing(client: EventStoreDBClient): Promise<void> {
    const { reading, connection, filter } = this.parts;
    const from = [this.reached, this.#checkedTo].reduce((a, b) => ((b ?? '') > (a ?? '') ? b : a));
    for await (const events of reading.all(from)) {
      if (events.some(({ stream }) => matches(filter, stream))) {
        connection.renew(client);
        throw new Stalled();
      }
      this.#checkedTo = events.at(-1)?.position ?? this.#checkedTo;
    }
  }
}

/** Events are in the store that the subscription does not bring. */
class Stalled extends Error {
  override readonly name = 'Stalled';
}

function subscribe(
  client: EventStoreDBClient,
  after: Position | undefined,
  filter: StreamFilter | undefined,
): AllStreamSubscription {
  const fromPosition = after === undefined ? START : toLogPosition(after);
  return client.subscribeToAll({ fromPosition, filter: serverFilter(filter) }, READ_AHEAD);
}

/** What the server can leave out for us. Every event is looked at again here. */
function serverFilter(filter: StreamFilter | undefined): Filter {
  const prefixes = filter?.prefixes?.filter((prefix) => prefix !== '');
  return prefixes && prefixes.length > 0 && prefixes.length === filter?.prefixes?.length
    ? streamNameFilter({ prefixes })
    : excludeSystemEvents();
}
