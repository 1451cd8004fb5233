import { Injectable } from '@nestjs/common';
import { HabeasError } from '../../errors.js';
import { EventStore, type Position, type StoredEvent } from '../../event-store/event-store.js';
import { LedgerReader } from '../../ledger/ledger-reader.js';
import { feedEntry, type FeedEntry } from './feed-entry.js';
import { FEED_STREAMS } from './feed-streams.js';

export interface FeedRequest {
  /** Absent: from the beginning. */
  after?: Position;
  /** Absent: every type. */
  types?: ReadonlySet<string>;
  /** At most this many entries. */
  limit?: number;
}

/** What was asked for among the events up to a position. */
export interface FeedStep {
  entries: readonly FeedEntry[];
  position: Position;
}

/**
 * What was recorded in the cases, and of campaigns, estimates and recommendations, and which reports were issued, in the order of
 * recording, without personal fields. Each event once in an answer; whoever resumes after the last position he has kept misses none. An event that cannot be opened ends the feed with an error: to
 * leave it out would be to lie about the order.
 */
@Injectable()
export class ChangeFeed {
  constructor(
    private readonly store: EventStore,
    private readonly ledger: LedgerReader,
  ) {}

  /**
   * Rejects as a read after this position would: a position the store did not give (`pointer`: where the caller gave it),
   * or a store that cannot be read.
   */
  async check(after: Position | undefined, pointer: string): Promise<void> {
    try {
      for await (const _ of this.store.readAll(after, FEED_STREAMS, 1)) return;
    } catch (error) {
      throw pointingTo(pointer, error);
    }
  }

  /** Up to what is recorded now. */
  read(request: FeedRequest): AsyncIterable<readonly FeedEntry[]> {
    return entriesOf(this.readInSteps(request));
  }

  /** The same, telling also how far it has read where there was nothing to tell: for whoever keeps his place. */
  readInSteps(request: FeedRequest): AsyncIterable<FeedStep> {
    return this.#steps(this.store.readAll(request.after, FEED_STREAMS), request);
  }

  /** The same as `read`, and then what comes, until `signal`. */
  async *follow(request: FeedRequest, signal: AbortSignal): AsyncIterable<readonly FeedEntry[]> {
    const subscription = this.store.subscribe(request.after, FEED_STREAMS);
    const stop = () => subscription.stop();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      yield* entriesOf(this.#steps(subscription, request));
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  async *#steps(
    batches: AsyncIterable<readonly StoredEvent[]>,
    { after, types, limit = Infinity }: FeedRequest,
  ): AsyncIterable<FeedStep> {
    let last = after ?? '';
    let left = limit;
    for await (const batch of batches) {
      const entries: FeedEntry[] = [];
      for (const event of batch) {
        // A subscription may deliver an event again.
        if (event.position <= last || entries.length === left) continue;
        last = event.position;
        if (types?.has(event.type) ?? true) entries.push(feedEntry(this.ledger.open(event)));
      }
      left -= entries.length;
      yield { entries, position: last };
      if (left === 0) return;
    }
  }
}

async function* entriesOf(steps: AsyncIterable<FeedStep>): AsyncIterable<readonly FeedEntry[]> {
  for await (const { entries } of steps) if (entries.length > 0) yield entries;
}

function pointingTo(pointer: string, error: unknown): unknown {
  if (!(error instanceof HabeasError) || error.code !== 'invalid-position') return error;
  return new HabeasError(error.kind, error.code, error.message, {
    errors: [{ pointer, message: error.message }],
  });
}
