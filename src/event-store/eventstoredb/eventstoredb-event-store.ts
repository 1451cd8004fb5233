import { checkAppend } from '../append-check.js';
import { StoreUnavailable } from '../errors.js';
import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
  StreamFilter,
  Subscription,
} from '../event-store.js';
import { KnownGaps } from '../known-gaps.js';
import { Appending } from './appending.js';
import type { ConnectionString } from './connection-string.js';
import { Connection } from './connection.js';
import { Following } from './following.js';
import type { Patience } from './patience.js';
import { toLogPosition } from './position.js';
import { ours, Reading } from './reading.js';
import { matches } from './stream-filter.js';

export interface EventStoreDBOptions {
  /** Told, in words that quote nothing, when a subscription had to be taken up again. */
  onTrouble?: (reason: string) => void;
  patience?: Patience;
}

const BATCH = 500;

/**
 * EventStoreDB, one node or a cluster. Appends and reads go to the leader. What it does not know, and so cannot refuse: an event
 * id that stands in another stream, and ids that stand in the stream already when the append expects the stream's last revision.
 */
export class EventStoreDBEventStore implements EventStore {
  readonly #connection: Connection;
  readonly #reading: Reading;
  readonly #appending: Appending;
  readonly #onTrouble: (reason: string) => void;
  readonly #underWay = new Set<Promise<unknown>>();
  readonly #live = new Set<Subscription>();
  readonly #gaps = new KnownGaps<Position>();
  #head: Position | undefined;
  #closed = false;

  /** Connects at the first call. */
  constructor(to: ConnectionString, { onTrouble = () => undefined, patience }: EventStoreDBOptions = {}) {
    this.#connection = new Connection(to, patience);
    this.#reading = new Reading(this.#connection);
    this.#appending = new Appending(this.#connection, this.#reading);
    this.#onTrouble = onTrouble;
  }

  async append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    checkAppend(stream, events, expected);
    this.#checkOpen();
    const appending = this.#appending.append(stream, events, expected);
    this.#underWay.add(appending);
    try {
      return await appending;
    } finally {
      this.#underWay.delete(appending);
    }
  }

  async read(stream: string, fromRevision = 0): Promise<StoredEvent[]> {
    return ours(await this.#reading.stream(stream, fromRevision));
  }

  async *readAll(
    after: Position | undefined,
    filter?: StreamFilter,
    batchSize = BATCH,
  ): AsyncGenerator<readonly StoredEvent[]> {
    if (after !== undefined) toLogPosition(after);
    const head = await this.head();
    if (head === undefined || head <= (after ?? '')) return;
    const from = this.#gaps.past(filter, after ?? '');
    let last = from;
    let batch: StoredEvent[] = [];
    for await (const events of this.#reading.upTo(head, from === '' ? undefined : from)) {
      for (const event of events) {
        if (event.position > head) break;
        if (!matches(filter, event.stream)) continue;
        batch.push(event);
        last = event.position;
        if (batch.length < batchSize) continue;
        yield batch;
        batch = [];
      }
    }
    this.#gaps.note(filter, last, head);
    if (batch.length > 0) yield batch;
  }

  subscribe(after: Position | undefined, filter?: StreamFilter): Subscription {
    if (after !== undefined) toLogPosition(after);
    this.#checkOpen();
    return new Following(after, {
      connection: this.#connection,
      reading: this.#reading,
      filter,
      live: this.#live,
      onTrouble: this.#onTrouble,
    });
  }

  async head(): Promise<Position | undefined> {
    const last = await this.#reading.last(this.#head === undefined ? undefined : toLogPosition(this.#head));
    if (last && last.position > (this.#head ?? '')) this.#head = last.position;
    return this.#head;
  }

  /** The leader answers. Whether its disk has room only an append would show, and there is none that leaves no trace. */
  async checkWritable(): Promise<void> {
    await this.head();
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const subscription of this.#live) subscription.stop();
    await Promise.allSettled(this.#underWay);
    await this.#connection.close();
  }

  #checkOpen(): void {
    if (this.#closed) throw new StoreUnavailable('the event store has been closed');
  }
}
