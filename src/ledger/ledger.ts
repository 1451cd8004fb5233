import { RevisionConflict } from '../event-store/errors.js';
import type { AppendResult, EventStore, ExpectedRevision, Streams } from '../event-store/event-store.js';
import type { ClosedKey, DataKey, DataKeys } from './data-keys.js';
import { LedgerReader } from './ledger-reader.js';
import type { Envelope, EventToRecord, RecordedEvent } from './recorded-event.js';
import { requiredKey } from './required-key.js';
import { StreamHeads, type StreamHead } from './stream-heads.js';
import type { Upcasting } from './upcasting.js';
import { written } from './written-event.js';

/**
 * Stands between the commands and the event store: what is personal is sealed on its way in, each event follows the one before
 * it by its hash, and events come out closed. It is the one place where what is stored and what the program sees differ.
 */
export class Ledger {
  readonly #reader: LedgerReader;
  readonly #heads = new StreamHeads();

  constructor(
    private readonly store: EventStore,
    private readonly upcasting: Upcasting,
    private readonly keys: DataKeys,
  ) {
    this.#reader = new LedgerReader(store, upcasting);
  }

  /**
   * Atomic; the promises and errors are those of `EventStore.append`, and of the key store: `key-lost`, and `case-erased` for
   * a stream whose key was destroyed. Nothing is written then.
   */
  append(
    stream: string,
    events: readonly EventToRecord[],
    envelope: Envelope,
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    return this.appendOccasions(
      stream,
      events.map((event) => ({ event, envelope })),
      expected,
    );
  }

  /** The same for events that have nothing to do with each other but the stream. */
  async appendOccasions(
    stream: string,
    occasions: readonly { event: EventToRecord; envelope: Envelope }[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const head = expected === 'no_stream' ? undefined : await this.#head(stream, expected);
    const key = head ? await this.#keyFor(occasions, head.keyId) : await this.keys.take();
    let prev = head?.leafHash ?? null;
    let revision = (head?.revision ?? -1) + 1;
    const stored = occasions.map(({ event, envelope }) => {
      const schema = this.upcasting.currentVersion(event.type);
      const one = written(event, envelope, { stream, revision, prev, schema }, key);
      prev = one.leafHash;
      revision += 1;
      return one;
    });
    const result = await this.store.append(stream, stored, expected);
    // What stands there already was sealed otherwise.
    if (!result.alreadyStored && prev !== null) {
      if (!head && key.key) this.#heads.noteKey(key);
      this.#heads.note(stream, { revision: result.revision, leafHash: prev, keyId: key.keyId });
    }
    return result;
  }

  /** Keeps a key no longer in memory: it was destroyed. */
  forget(keyIds: readonly string[]): void {
    for (const keyId of keyIds) this.#heads.forgetKey(keyId);
  }

  /** `from`: who gives the stream, if not the store. */
  async read(stream: string, fromRevision = 0, from: Streams = this.store): Promise<RecordedEvent[]> {
    const events = await this.#reader.read(stream, fromRevision, from);
    const last = events.at(-1);
    if (last) {
      const { revision, leafHash, keyId } = last;
      this.#heads.note(stream, { revision, leafHash, keyId });
    }
    return events;
  }

  async #head(stream: string, revision: number): Promise<StreamHead> {
    const known = this.#heads.at(stream, revision);
    if (known) return known;
    const [found] = await this.#reader.read(stream, revision);
    if (found?.revision === revision) return found;
    throw new RevisionConflict(stream, revision, found?.revision ?? 'no_stream');
  }

  /** What has nothing to be sealed goes without the key, which may be destroyed by then. */
  async #keyFor(occasions: readonly { event: EventToRecord }[], keyId: string): Promise<DataKey | ClosedKey> {
    return occasions.some(({ event }) => event.personal) ? this.#key(keyId) : { keyId };
  }

  async #key(keyId: string): Promise<DataKey> {
    const known = this.#heads.key(keyId);
    if (known) return known;
    const found = await requiredKey(this.keys, keyId);
    this.#heads.noteKey(found);
    return found;
  }
}
