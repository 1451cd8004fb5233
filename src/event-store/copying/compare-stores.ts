import { createHash } from 'node:crypto';
import type { EventStore, Position, StoredEvent } from '../event-store.js';
import { throughout } from './throughout.js';
import type { Watch } from './watch.js';

/** All that a copy must have in common with what it was made from; positions are each store's own. */
const COMPARED = ['stream', 'revision', 'eventId', 'type', 'payload', 'metadata'] as const;

/** The first place where two stores are not the same. */
export interface Difference {
  /** In the order of the stores, from 1. */
  place: number;
  /** Undefined: the store ends before. */
  source: StoredEvent | undefined;
  target: StoredEvent | undefined;
  /** Empty if one of them is not there. */
  differing: readonly (typeof COMPARED)[number][];
}

/** What a store holds, in figures. */
interface Contents {
  events: number;
  /**
   * SHA-256 in hexadecimal of one line for each event in the order of the store: stream, revision, event id, type, payload and
   * metadata as a JSON array (`["case-…",0,"…","…","{…}","{…}"]`) in UTF-8, ended by a line feed.
   */
  sha256: string;
}

export interface Comparison {
  source: Contents;
  target: Contents;
  /** So many events from the beginning on stand in both, one for one. */
  same: number;
  /** Of the last of these, in the source. */
  lastSame: Position | undefined;
  difference: Difference | undefined;
}

/** True where the target holds a beginning of the source and nothing else: a copy may go on there. */
export const isBeginning = ({ difference }: Comparison): boolean =>
  difference === undefined || difference.target === undefined;

/** Reads both stores whole, event by event, also behind a difference. Rejects with StoreUnavailable. */
export async function compareStores(
  source: EventStore,
  target: EventStore,
  watch: Watch,
): Promise<Comparison> {
  const [ofSource, ofTarget] = [new Reader(source, watch), new Reader(target, watch)];
  let same = 0;
  let lastSame: Position | undefined;
  let difference: Difference | undefined;
  try {
    for (let place = 1; ; place += 1) {
      const [one, other] = [await ofSource.next(), await ofTarget.next()];
      if (!one && !other) break;
      difference ??= differenceAt(place, one, other);
      if (!difference) {
        same = place;
        lastSame = one?.position;
      }
      watch.show(place);
    }
  } finally {
    await Promise.all([ofSource.end(), ofTarget.end()]);
  }
  return { source: ofSource.contents(), target: ofTarget.contents(), same, lastSame, difference };
}

function differenceAt(
  place: number,
  source: StoredEvent | undefined,
  target: StoredEvent | undefined,
): Difference | undefined {
  if (!source || !target) return { place, source, target, differing: [] };
  const differing = COMPARED.filter((field) => source[field] !== target[field]);
  return differing.length > 0 ? { place, source, target, differing } : undefined;
}

/** One store, read once from its beginning to its end, and what was found in it. */
class Reader {
  readonly #events: AsyncGenerator<StoredEvent>;
  readonly #hash = createHash('sha256');
  #count = 0;

  constructor(store: EventStore, watch: Watch) {
    this.#events = throughout(store, undefined, watch);
  }

  async next(): Promise<StoredEvent | undefined> {
    const { value: event, done } = await this.#events.next();
    if (done) return undefined;
    this.#count += 1;
    this.#hash.update(`${JSON.stringify(COMPARED.map((field) => event[field]))}\n`);
    return event;
  }

  contents(): Contents {
    return { events: this.#count, sha256: this.#hash.digest('hex') };
  }

  /** A read that is left early would stay open. */
  async end(): Promise<void> {
    await this.#events.return(undefined);
  }
}
