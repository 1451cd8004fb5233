import {
  EventStore,
  type AppendResult,
  type ExpectedRevision,
  type NewEvent,
  type Position,
  type StoredEvent,
  type StreamFilter,
  type Subscription,
} from '../../src/event-store/event-store.js';

const POSITION_DIGITS = 12;

/** How a store may misbehave towards its subscribers without losing anything. */
export type Disturbance = (events: readonly StoredEvent[]) => StoredEvent[];

/** A store in memory for tests of those who read from it. It refuses nothing: whoever tests refusals takes a real one. */
export class InMemoryEventStore extends EventStore {
  readonly #events: StoredEvent[] = [];
  readonly #streams = new Map<string, StoredEvent[]>();
  readonly #listeners = new Set<() => void>();
  /** Set: reading fails with it. */
  failure: Error | undefined;

  constructor(
    private readonly disturb: Disturbance = (events) => [...events],
    private readonly positionDigits = POSITION_DIGITS,
  ) {
    super();
  }

  override async append(
    stream: string,
    events: readonly NewEvent[],
    _expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const there = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, there);
    for (const event of events) {
      const position = String(this.#events.length + 1).padStart(this.positionDigits, '0');
      const stored = { ...event, stream, revision: there.length, position };
      there.push(stored);
      this.#events.push(stored);
    }
    for (const listener of this.#listeners) listener();
    return { revision: there.length - 1, position: there.at(-1)?.position ?? '', alreadyStored: false };
  }

  override async read(stream: string, fromRevision = 0): Promise<StoredEvent[]> {
    if (this.failure) throw this.failure;
    return this.#streams.get(stream)?.slice(fromRevision) ?? [];
  }

  override async *readAll(
    after: Position | undefined,
    filter?: StreamFilter,
    batchSize = 100,
  ): AsyncIterable<readonly StoredEvent[]> {
    const events = this.#after(after, filter);
    for (let from = 0; from < events.length; from += batchSize) {
      if (this.failure) throw this.failure;
      yield this.disturb(events.slice(from, from + batchSize));
    }
  }

  override subscribe(after: Position | undefined, filter?: StreamFilter): Subscription {
    let stopped = false;
    let wake: () => void = () => undefined;
    const listen = () => wake();
    this.#listeners.add(listen);
    const events = this.#deliver(
      after,
      filter,
      () => stopped,
      (resolve) => (wake = resolve),
    );
    return {
      stop: () => {
        stopped = true;
        this.#listeners.delete(listen);
        wake();
      },
      [Symbol.asyncIterator]: () => events[Symbol.asyncIterator](),
    };
  }

  override async head(): Promise<Position | undefined> {
    return this.#events.at(-1)?.position;
  }

  override async checkWritable(): Promise<void> {}

  override async close(): Promise<void> {}

  async *#deliver(
    after: Position | undefined,
    filter: StreamFilter | undefined,
    stopped: () => boolean,
    onWake: (resolve: () => void) => void,
  ): AsyncGenerator<readonly StoredEvent[]> {
    let last = after;
    while (!stopped()) {
      const woken = new Promise<void>((resolve) => onWake(resolve));
      if (this.failure) throw this.failure;
      const events = this.#after(last, filter).slice(0, 50);
      last = events.at(-1)?.position ?? last;
      if (events.length > 0) yield this.disturb(events);
      else await woken;
    }
  }

  #after(position: Position | undefined, filter?: StreamFilter): StoredEvent[] {
    const wanted = (stream: string) => filter?.prefixes?.some((prefix) => stream.startsWith(prefix)) ?? true;
    return this.#events.slice(Number(position ?? 0)).filter((event) => wanted(event.stream));
  }
}
