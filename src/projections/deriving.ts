import { setImmediate } from 'node:timers/promises';
import type { Streams } from '../event-store/event-store.js';
import { describeFailure, isPassing } from './failures.js';
import type { ReadModel } from './read-model.js';

/** What became of a key. A failure names no person and quotes no data. */
export type Derived =
  | { key: string; rows: unknown; failure?: undefined }
  | { key: string; failure: { code: string; message: string } };

/** Works out the rows of keys, in this thread or in others. */
export interface Deriving {
  /** Rejects for failures that pass only; what cannot be derived is told key by key. */
  derive(keys: readonly string[]): Promise<Derived[]>;
  /** True if it goes on while this thread does something else. */
  readonly elsewhere: boolean;
  /** Gives back what it holds; it may be asked again. */
  close(): Promise<void>;
}

/** How many keys are read from the store at a time; it hides the way to a store that is not on this machine. */
const AT_ONCE = 16;
/** Out of memory they come at once; the fewer, the sooner what this thread is writing meanwhile goes on. */
const AT_ONCE_FROM_MEMORY = 2;

export class DerivingHere implements Deriving {
  readonly elsewhere = false;

  constructor(
    private readonly model: ReadModel,
    /** Held in memory, to be read instead of the store. */
    private readonly streams?: Streams,
  ) {}

  async derive(keys: readonly string[]): Promise<Derived[]> {
    const derived: Derived[] = [];
    const atOnce = this.streams ? AT_ONCE_FROM_MEMORY : AT_ONCE;
    for (let from = 0; from < keys.length; from += atOnce) {
      // The embedded store answers at once, and a long batch would keep everything else in this thread from its turn.
      if (from > 0) await setImmediate();
      derived.push(...(await Promise.all(keys.slice(from, from + atOnce).map((key) => this.#one(key)))));
    }
    return derived;
  }

  async close(): Promise<void> {}

  async #one(key: string): Promise<Derived> {
    try {
      return { key, rows: await this.model.derive(key, this.streams) };
    } catch (error) {
      if (isPassing(error)) throw error;
      return { key, failure: describeFailure(error) };
    }
  }
}
