import { LRUCache } from 'lru-cache';
import type { DataKey } from './data-keys.js';

/** Where a stream stands: what the next event follows, and what it is sealed with. */
export interface StreamHead {
  revision: number;
  leafHash: string;
  keyId: string;
}

/** Room for them is made at the start, which takes its time: no more than the files that commands keep, and some. */
const MOST_STREAMS = 8_000;
const MOST_KEYS = 4_000;
/** A key that another process destroys is in no memory for longer. */
const KEY_KEPT_MS = 10 * 60_000;

/** What appends need of streams that were read or written a moment ago. A head that is out of date meets a conflict at the store. */
export class StreamHeads {
  readonly #heads = new LRUCache<string, StreamHead>({ max: MOST_STREAMS });
  /** For sealing only: who opens asks the key store. */
  readonly #keys = new LRUCache<string, DataKey>({
    max: MOST_KEYS,
    ttl: KEY_KEPT_MS,
    // Else what is not asked for would stay.
    ttlAutopurge: true,
  });

  at(stream: string, revision: number): StreamHead | undefined {
    const head = this.#heads.get(stream);
    return head?.revision === revision ? head : undefined;
  }

  note(stream: string, head: StreamHead): void {
    this.#heads.set(stream, head);
  }

  key(keyId: string): DataKey | undefined {
    return this.#keys.get(keyId);
  }

  forgetKey(keyId: string): void {
    this.#keys.delete(keyId);
  }

  noteKey(key: DataKey): void {
    this.#keys.set(key.keyId, key);
  }
}
