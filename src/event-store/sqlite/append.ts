import { InvalidAppend } from '../errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Acknowledged } from './acknowledged.js';
import type { EventWriter } from './event-writer.js';
import type { Work } from './group-commit.js';
import { toRow } from './position.js';

interface Wanted {
  stream: string;
  events: readonly NewEvent[];
  expected: ExpectedRevision;
}

interface Caller {
  resolve(result: AppendResult): void;
  reject(error: unknown): void;
}

/** One append as part of a group. */
export class Append implements Work {
  private isRepeat = false;

  constructor(
    private readonly wanted: Wanted,
    private readonly acknowledged: Acknowledged,
    private readonly caller: Caller,
  ) {}

  run(writer: EventWriter): () => void {
    const result = writer.append(this.wanted.stream, this.wanted.events, this.wanted.expected);
    this.isRepeat = result.alreadyStored;
    return () => this.acknowledge(result);
  }

  recall(writer: EventWriter): (() => void) | undefined {
    const found = writer.find(this.wanted.stream, this.wanted.events);
    return found && (() => this.acknowledge({ ...found, alreadyStored: this.isRepeat }));
  }

  reject(error: unknown): void {
    this.caller.reject(error);
  }

  private acknowledge(result: AppendResult): void {
    if (!result.alreadyStored) this.acknowledged.add(toRow(result.position), this.wanted.events.length);
    this.caller.resolve(result);
  }
}

/** Throws InvalidAppend for what would not come back from the store as it was given. */
export function checkAppend(stream: string, events: readonly NewEvent[], expected: ExpectedRevision): void {
  if (events.length === 0) throw new InvalidAppend('an append needs at least one event');
  if (expected !== 'no_stream' && !(Number.isSafeInteger(expected) && expected >= 0)) {
    throw new InvalidAppend(`${expected} is not a revision`);
  }
  if (new Set(events.map(({ eventId }) => eventId)).size < events.length) {
    throw new InvalidAppend('an event id occurs twice in one append');
  }
  const texts = events.flatMap(({ eventId, type, payload, metadata }) => [eventId, type, payload, metadata]);
  if (![stream, ...texts].every((text) => text.isWellFormed())) {
    throw new InvalidAppend('half of a surrogate pair cannot be stored as text');
  }
}
