import { setImmediate } from 'node:timers/promises';
import type { StoredEvent, Streams } from '../event-store/event-store.js';

type Batch = readonly StoredEvent[];

/** In characters: about 100,000 facts. Together with what points to it, some 150 MB. */
const MOST_TEXT = 64 * 2 ** 20;

/** What a read of the log gave, held in memory, and the streams that began in it, as they stood then. */
export class HeldLog implements Streams {
  readonly #streams: ReadonlyMap<string, readonly StoredEvent[]>;

  private constructor(
    readonly batches: readonly Batch[],
    private readonly store: Streams,
  ) {
    this.#streams = Map.groupBy(batches.flat(), ({ stream }) => stream);
  }

  /** Undefined if there is more than can be held, or the signal is given. */
  static async of(
    log: AsyncIterable<Batch>,
    store: Streams,
    signal: AbortSignal,
    mostText = MOST_TEXT,
  ): Promise<HeldLog | undefined> {
    const batches: Batch[] = [];
    let text = 0;
    for await (const batch of log) {
      batches.push(batch);
      for (const { payload, metadata } of batch) text += payload.length + metadata.length;
      if (text > mostText || signal.aborted) return undefined;
      await setImmediate();
    }
    return new HeldLog(batches, store);
  }

  async read(stream: string, fromRevision = 0): Promise<StoredEvent[]> {
    const held = this.#streams.get(stream);
    // What began before the log was read from is not here as a whole.
    return held?.[0]?.revision === 0 ? held.slice(fromRevision) : this.store.read(stream, fromRevision);
  }
}
