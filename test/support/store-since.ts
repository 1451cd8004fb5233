import type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
  StreamFilter,
  Subscription,
} from '../../src/event-store/event-store.js';

/** A store as it looks to whoever knows nothing of what was in it before: a real server cannot be emptied for each test. */
export class StoreSince implements EventStore {
  constructor(
    private readonly store: EventStore,
    private readonly since: Position | undefined,
  ) {}

  append(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult> {
    return this.store.append(stream, events, expected);
  }

  read(stream: string, fromRevision?: number): Promise<StoredEvent[]> {
    return this.store.read(stream, fromRevision);
  }

  readAll(
    after: Position | undefined,
    filter?: StreamFilter,
    batchSize?: number,
  ): AsyncIterable<readonly StoredEvent[]> {
    return this.store.readAll(after ?? this.since, filter, batchSize);
  }

  subscribe(after: Position | undefined, filter?: StreamFilter): Subscription {
    return this.store.subscribe(after ?? this.since, filter);
  }

  async head(): Promise<Position | undefined> {
    const head = await this.store.head();
    return head === this.since ? undefined : head;
  }

  checkWritable(): Promise<void> {
    return this.store.checkWritable();
  }

  close(): Promise<void> {
    return this.store.close();
  }
}
