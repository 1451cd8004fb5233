import { HabeasError } from '../../errors.js';
import type { AppendResult, ExpectedRevision, NewEvent } from '../event-store.js';
import type { Acknowledged } from './acknowledged.js';
import type { EventWriter, Written } from './event-writer.js';
import type { Work } from './group-commit.js';
import { toPosition } from './position.js';

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
  private outcome: Written | HabeasError | undefined;

  constructor(
    private readonly wanted: Wanted,
    private readonly acknowledged: Acknowledged,
    private readonly caller: Caller,
  ) {}

  run(writer: EventWriter): void {
    const { stream, events, expected } = this.wanted;
    this.outcome = orRefusal(() => writer.append(stream, events, expected));
  }

  isStored(writer: EventWriter): boolean {
    const { outcome } = this;
    if (outcome === undefined || outcome instanceof HabeasError) return false;
    const found = orRefusal(() => writer.find(this.wanted.stream, this.wanted.events));
    if (found === undefined || found instanceof HabeasError) return false;
    this.outcome = { ...found, alreadyStored: outcome.alreadyStored };
    return true;
  }

  settle(): void {
    const { outcome, caller } = this;
    if (outcome === undefined || outcome instanceof HabeasError) return caller.reject(outcome);
    const { row, revision, alreadyStored } = outcome;
    if (!alreadyStored) this.acknowledged.add(row, this.wanted.events.length);
    caller.resolve({ revision, position: toPosition(row), alreadyStored });
  }

  reject(error: unknown): void {
    this.caller.reject(error);
  }
}

/** A refusal is an outcome; any other failure is not this append's alone. */
function orRefusal<T>(act: () => T): T | HabeasError {
  try {
    return act();
  } catch (error) {
    if (error instanceof HabeasError) return error;
    throw error;
  }
}
