import { OutcomeUnknown, RevisionConflict, StoreUnavailable } from '../../src/event-store/errors.js';
import type {
  AppendResult,
  ExpectedRevision,
  NewEvent,
  Position,
  StoredEvent,
} from '../../src/event-store/event-store.js';
import { InMemoryEventStore } from './in-memory-event-store.js';

/** What becomes of an append: `killed` stands for the end of the process that sent it. */
export type AppendFate =
  'stored' | 'refused' | 'lost before' | 'lost after' | 'killed before' | 'killed after';

/** The process that sent the append is no more. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

/** A store in memory that keeps the port's promises on appends, as the stores elsewhere keep them, and fails as it is told. */
export class FailingStore extends InMemoryEventStore {
  /** Of the next appends, one after the other; then all is well. */
  readonly fates: AppendFate[] = [];
  /** After how many events the next reads end, as if that were all, or break off. */
  readonly readings: { after: number; how: 'ends' | 'breaks' }[] = [];
  /** Of each append that was stored. */
  readonly sizes: number[] = [];
  /** Called when an append has come in. */
  onAppend: () => void = () => undefined;
  #latest: Promise<unknown> = Promise.resolve();

  override append(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    this.onAppend();
    // One after the other, as in any store.
    const appended = this.#latest.then(() => this.#appended(stream, events, expected));
    this.#latest = appended.catch(() => undefined);
    return appended;
  }

  override async *readAll(after: Position | undefined): AsyncIterable<readonly StoredEvent[]> {
    const reading = this.readings.shift();
    let left = reading?.after ?? Infinity;
    for await (const events of super.readAll(after, undefined, 7)) {
      if (left > 0) yield events.slice(0, left);
      left -= events.length;
      if (left > 0) continue;
      if (reading?.how === 'breaks') throw new StoreUnavailable('the read broke off');
      return;
    }
  }

  async #appended(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const fate = this.fates.shift() ?? 'stored';
    if (fate === 'refused') throw new StoreUnavailable('nobody is there');
    if (fate === 'lost before') throw new OutcomeUnknown();
    if (fate === 'killed before') throw new Killed();
    const result = (await this.#again(stream, events, expected)) ?? (await this.#write(stream, events));
    if (fate === 'lost after') throw new OutcomeUnknown();
    if (fate === 'killed after') throw new Killed();
    return result;
  }

  async #again(
    stream: string,
    events: readonly NewEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult | undefined> {
    const there = await this.read(stream);
    const before = expected === 'no_stream' ? -1 : expected;
    if (before === there.length - 1) return undefined;
    const standing = there.slice(before + 1, before + 1 + events.length);
    const same = events.every(({ eventId }, place) => standing[place]?.eventId === eventId);
    const last = standing.at(-1);
    if (!same || !last) throw new RevisionConflict(stream, expected, there.length - 1);
    return { revision: last.revision, position: last.position, alreadyStored: true };
  }

  #write(stream: string, events: readonly NewEvent[]): Promise<AppendResult> {
    this.sizes.push(events.length);
    return super.append(stream, events, 'no_stream');
  }
}
