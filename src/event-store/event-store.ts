/** Where an append expects the stream to stand: at a revision (its last event's), or not there yet. */
export type ExpectedRevision = number | 'no_stream';

/** An event on its way in. `payload` and `metadata` are the exact bytes to keep, as text. */
export interface NewEvent {
  eventId: string;
  type: string;
  payload: string;
  metadata: string;
}

export interface StoredEvent extends NewEvent {
  stream: string;
  /** Dense from 0 within the stream. */
  revision: number;
  /** Opaque; compares as a string in the order of the store. */
  position: Position;
}

export type Position = string;

export interface AppendResult {
  /** Of the last event appended. */
  revision: number;
  position: Position;
  /** True when these very ids stood there already and nothing was written. */
  alreadyStored: boolean;
}

/** Streams whose name begins with one of the prefixes; absent: all. */
export interface StreamFilter {
  prefixes?: readonly string[];
}

export interface Subscription extends AsyncIterable<readonly StoredEvent[]> {
  /** Ends the iteration after the batch in hand. */
  stop(): void;
}

/** Whatever gives streams as the event store does. */
export type Streams = Pick<EventStore, 'read'>;

/**
 * The one door to the events. Promises, held by `test/contract`:
 * - revisions are dense from 0; positions ascend as strings, are equally long and say nothing else;
 * - an append is atomic and is on disk when it is acknowledged;
 * - it is idempotent by event id: the same ids in the same stream, expected at the same revision again, give the first answer;
 * - errors: RevisionConflict (nothing written), StoreFull, StoreUnavailable (nothing written) and OutcomeUnknown (perhaps
 *   written: repeat with the same ids); InvalidAppend (no events, an id twice, text that is not Unicode), and InvalidPosition
 *   from whoever starts reading there.
 * - a subscription gives nothing before all that stands before it: whoever goes on after an event he was given misses none.
 * Not promised: that a subscription delivers an event once only; nor that ids are known wherever they stand. The embedded store
 * knows them all: it gives the first answer whatever revision is expected, and refuses with EventIdTaken an id that stands in
 * another stream, or only some ids of an append that stand there.
 */
export abstract class EventStore {
  abstract append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult>;
  /** The stream's events from a revision on; empty if there are none. */
  abstract read(stream: string, fromRevision?: number): Promise<StoredEvent[]>;
  /** Events after a position (absent: from the beginning), in order, in batches, up to the head at the time of reading. */
  abstract readAll(
    after: Position | undefined,
    filter?: StreamFilter,
    batchSize?: number,
  ): AsyncIterable<readonly StoredEvent[]>;
  /** The same, and then for ever: what comes later is delivered as it comes. */
  abstract subscribe(after: Position | undefined, filter?: StreamFilter): Subscription;
  /** The position of the last event; undefined in an empty store. */
  abstract head(): Promise<Position | undefined>;
  /** Resolves if an append would be taken now; else rejects with the reason. */
  abstract checkWritable(): Promise<void>;
  abstract close(): Promise<void>;
}
