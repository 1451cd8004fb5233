import { HabeasError } from '../errors.js';
import type { ExpectedRevision } from './event-store.js';

/** The stream does not stand where the append expected it. Nothing was written. */
export class RevisionConflict extends HabeasError {
  override readonly name = 'RevisionConflict';

  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    /** Where the stream really stands. */
    readonly actual: ExpectedRevision,
  ) {
    super('stale', 'revision-conflict', `${stream} stands at ${actual}, not at ${expected}`);
  }
}

/** An id of this append belongs to another event, or only some of its ids are stored. Nothing was written. */
export class EventIdTaken extends HabeasError {
  override readonly name = 'EventIdTaken';

  constructor(readonly eventId: string) {
    super('semantic', 'event-id-taken', `the event id ${eventId} is already used for another event`);
  }
}

/** The disk, or the store's share of it, is full. Nothing was written; appends are taken again once there is room. */
export class StoreFull extends HabeasError {
  override readonly name = 'StoreFull';

  constructor(options?: ErrorOptions) {
    super('storage_full', 'storage-full', 'the event store has no room left', {}, options);
  }
}

/** The store takes no appends, or gives no events, at present. Nothing was written. */
export class StoreUnavailable extends HabeasError {
  override readonly name = 'StoreUnavailable';

  constructor(reason: string, options?: ErrorOptions) {
    super('unavailable', 'store-unavailable', reason, { retryAfterSeconds: 1 }, options);
  }
}

/** Nobody can say yet whether the append is on disk. To repeat it with the same event ids is safe, and settles it. */
export class OutcomeUnknown extends HabeasError {
  override readonly name = 'OutcomeUnknown';

  constructor(options?: ErrorOptions) {
    const advice = 'it is not known whether this was stored; repeat it with the same ids';
    super('outcome_unknown', 'outcome-unknown', advice, { retryAfterSeconds: 1 }, options);
  }
}

/** What was given as a position did not come from this store. */
export class InvalidPosition extends HabeasError {
  override readonly name = 'InvalidPosition';

  constructor() {
    super('malformed', 'invalid-position', 'not a position that this store has given out');
  }
}

/** The append itself is unusable (no events, an id twice, text that no store could give back). A caller's mistake. */
export class InvalidAppend extends HabeasError {
  override readonly name = 'InvalidAppend';

  constructor(reason: string) {
    super('malformed', 'invalid-append', reason);
  }
}
