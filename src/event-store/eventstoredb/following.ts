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

const UNSUBSCRIBE_MS = 1_000;
const PAUSES = { first: 100, longest: 5_000 };
/** What it brings is only looked at for its position. */
const READ_AHEAD = { highWaterMark: 64 };

export interface FollowingParts {
  connection: Connection;
  reading: Reading;
  filter: StreamFilter | undefined;
  live: Set<Subscription>;
  /** Told each time when it had to subscribe anew. */
  onTrouble: (reason: string) => void;
}

/**
 * Gives events as reads of the log give them: in its order, each once, none left out. The server's subscription only tells that
 * there is something to read. What it brings may come twice, late or not at all, and whoever goes on after an event that came
 * too early would never hear of those before it. It subscribes again whenever the connection breaks, the server ends the
 * subscription, or there are events that it says nothing of. It ends when it is stopped, and never by itself.
 */
export class Following implements Subscription {
  readonly #stop = new AbortController();

  constructor(
    /** Up to here everything has been read, and given if it was asked for. */
    private readTo: Position | undefined,
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
    // The subscription would bring what is there already only to be read once more.
    yield* this.#unread();
    if (signal.aborted) return;
    const subscription = subscribe(await connection.client(), this.readTo, filter);
    try {
      for await (const arrived of arrivals(subscription, { idleMs: connection.patience.quiet, signal })) {
        const newest = newestOf(ours(arrived));
        const isSilent = arrived.length === 0;
        if (!isSilent && !isAfter(newest, this.readTo)) continue;
        const found = yield* this.#unread();
        if (signal.aborted) return;
        if (isAfter(newest, this.readTo)) throw new ReadBehind();
        if (isSilent && found) throw new Stalled();
      }
    } finally {
      await within(UNSUBSCRIBE_MS, subscription.unsubscribe()).catch(() => undefined);
    }
  }

  /** Reads to the end of the log; true if something of it was asked for. */
  async *#unread(): AsyncGenerator<readonly StoredEvent[], boolean> {
    const { reading, filter } = this.parts;
    const { signal } = this.#stop;
    let found = false;
    for await (const events of reading.all(this.readTo, signal)) {
      this.readTo = events.at(-1)?.position ?? this.readTo;
      const asked = events.filter(({ stream }) => matches(filter, stream));
      if (asked.length === 0) continue;
      found = true;
      yield asked;
      if (signal.aborted) break;
    }
    return found;
  }
}

/** Events are in the store that the subscription does not tell of: whatever it waits for, it waits in vain. */
class Stalled extends Error {
  override readonly name = 'Stalled';
}

/** The subscription tells of an event that a read does not give: it was ended too early. */
class ReadBehind extends Error {
  override readonly name = 'ReadBehind';
}

const newestOf = (events: readonly StoredEvent[]): Position | undefined =>
  events.reduce<Position | undefined>(
    (newest, { position }) => (isAfter(position, newest) ? position : newest),
    undefined,
  );

const isAfter = (one: Position | undefined, other: Position | undefined): boolean =>
  (one ?? '') > (other ?? '');

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
