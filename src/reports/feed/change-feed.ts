import { Injectable } from '@nestjs/common';
import { CASE_STREAMS } from '../../cases/case-stream.js';
import type { FactType } from '../../cases/domain/facts/facts.js';
import { EventStore, type Position, type StoredEvent } from '../../event-store/event-store.js';
import { Ledger } from '../../ledger/ledger.js';
import { feedEntry, type FeedEntry } from './feed-entry.js';

export interface FeedRequest {
  /** Absent: from the beginning. */
  after?: Position;
  /** Absent: every type. */
  types?: ReadonlySet<string>;
  /** At most this many entries. */
  limit?: number;
}

const CASES = { prefixes: [CASE_STREAMS] };

/**
 * What was recorded in the cases, in the order of recording, without personal fields. Each event once in an answer; whoever
 * resumes after the last position he has kept misses none. An event that cannot be opened ends the feed with an error: to
 * leave it out would be to lie about the order.
 */
@Injectable()
export class ChangeFeed {
  constructor(
    private readonly store: EventStore,
    private readonly ledger: Ledger,
  ) {}

  /** Rejects as a read after this position would: a position the store did not give, or a store that cannot be read. */
  async check(after: Position | undefined): Promise<void> {
    for await (const _ of this.store.readAll(after, CASES, 1)) return;
  }

  /** Up to what is recorded now. */
  read(request: FeedRequest): AsyncIterable<readonly FeedEntry[]> {
    return this.#entries(this.store.readAll(request.after, CASES), request);
  }

  /** The same, and then what comes, until `signal`. */
  async *follow(request: FeedRequest, signal: AbortSignal): AsyncIterable<readonly FeedEntry[]> {
    const subscription = this.store.subscribe(request.after, CASES);
    const stop = () => subscription.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      yield* this.#entries(subscription, request);
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async *#entries(
    batches: AsyncIterable<readonly StoredEvent[]>,
    { after, types, limit = Infinity }: FeedRequest,
  ): AsyncIterable<readonly FeedEntry[]> {
    let last = after ?? '';
    let left = limit;
    for await (const batch of batches) {
      const entries: FeedEntry[] = [];
      for (const event of batch) {
        // A subscription may deliver an event again.
        if (event.position <= last || entries.length === left) continue;
        last = event.position;
        if (types?.has(event.type) ?? true) entries.push(await this.#entry(event));
      }
      left -= entries.length;
      if (entries.length > 0) yield entries;
      if (left === 0) return;
    }
  }

  async #entry(stored: StoredEvent): Promise<FeedEntry> {
    const event = this.ledger.open(stored);
    if (event.type !== 'EventCorrected') return feedEntry(event);
    const ofCase = await this.store.read(event.stream);
    const corrected = ofCase.find(({ eventId }) => eventId === event.data['eventId']);
    return feedEntry(event, corrected?.type as FactType | undefined);
  }
}
