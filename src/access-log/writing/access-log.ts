import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { OutcomeUnknown, RevisionConflict } from '../../event-store/errors.js';
import type { ExpectedRevision } from '../../event-store/event-store.js';
import { Instance } from '../../http/health/instance.js';
import { Ledger } from '../../ledger/ledger.js';
import type { Envelope, EventToRecord } from '../../ledger/recorded-event.js';
import type { AccessEntry } from '../access-entry.js';
import { accessStream } from '../access-stream.js';
import { Groups } from './groups.js';

/** A read model derives whole streams: with this many it is no work to do so after each of them. */
export const ENTRIES_A_STREAM = 100;
/** Entries and case ids of one append: some hundred kilobytes, where EventStoreDB takes a megabyte. */
const HEAVIEST_GROUP = 5_000;
const ATTEMPTS = 5;
const PAUSE_MS = 100;

interface OpenStream {
  name: string;
  month: string;
  entries: number;
  stands: ExpectedRevision;
  lastRecordedAt: string;
}

interface Occasion {
  event: EventToRecord;
  envelope: Envelope;
}

/** Writes the access log: what a call has resolved for is on disk, once. One append at a time, of all that waits. */
@Injectable()
export class AccessLog {
  readonly #groups = new Groups<AccessEntry, void>((entries) => this.#write(entries), {
    weight: HEAVIEST_GROUP,
    of: ({ caseIds }) => 1 + caseIds.length,
  });
  /** Undefined: the next entry begins one. */
  #stream: OpenStream | undefined;
  #begun = 0;

  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
    private readonly run: Instance,
  ) {}

  /** Rejects if it may not have been written; what is refused then may stand there all the same. */
  write(entry: AccessEntry): Promise<void> {
    return this.#groups.take(entry);
  }

  async #write(entries: readonly AccessEntry[]): Promise<void[]> {
    for (let from = 0; from < entries.length; from += ENTRIES_A_STREAM)
      await this.#append(entries.slice(from, from + ENTRIES_A_STREAM));
    return entries.map(() => undefined);
  }

  async #append(entries: readonly AccessEntry[]): Promise<void> {
    const ids = entries.map(() => uuidv7());
    let inDoubt = false;
    for (let attempt = 1; ; attempt++) {
      const stream = this.#streamFor(entries.length);
      const occasions = entries.map((entry, place) => occasionOf(entry, ids[place]!, stream.lastRecordedAt));
      try {
        // The same ids at the same place: what was written after all is not written twice.
        const { revision } = await this.ledger.appendOccasions(stream.name, occasions, stream.stands);
        stream.stands = revision;
        stream.entries += entries.length;
        return;
      } catch (error) {
        inDoubt ||= error instanceof OutcomeUnknown;
        const isLast = attempt === ATTEMPTS || !(error instanceof OutcomeUnknown || isMovedOn(error));
        // Nobody can say where it stands, or somebody else has written to it: it is left as it is.
        if (isMovedOn(error) || (isLast && inDoubt)) this.#stream = undefined;
        // Also before it is told: while nothing can be written, each try to begin a stream costs a key.
        await pause(PAUSE_MS);
        if (isLast) throw error instanceof HabeasError ? unavailable(error) : error;
      }
    }
  }

  #streamFor(entries: number): OpenStream {
    const now = this.clock.now().toISOString();
    const month = now.slice(0, 7);
    const open = this.#stream;
    if (open && open.entries + entries <= ENTRIES_A_STREAM && month <= open.month) {
      // Time of recording never goes back within a stream, whatever the clock does.
      if (now > open.lastRecordedAt) open.lastRecordedAt = now;
      return open;
    }
    this.#begun += 1;
    const name = accessStream(now, this.run.id, this.#begun);
    this.#stream = { name, month, entries: 0, stands: 'no_stream', lastRecordedAt: now };
    return this.#stream;
  }
}

function occasionOf(entry: AccessEntry, eventId: string, recordedAt: string): Occasion {
  const { type, principalId, correlationId, purpose, ...data } = entry;
  return {
    event: { eventId, type, data, ...(purpose === undefined ? {} : { personal: { purpose } }) },
    envelope: { recordedAt, recordedBy: principalId, correlationId, causationId: eventId },
  };
}

const isMovedOn = (error: unknown): boolean => error instanceof RevisionConflict;

const unavailable = (cause: HabeasError): HabeasError =>
  new HabeasError(
    'unavailable',
    'access-log-unavailable',
    'nothing is shown that cannot be put on record; it cannot be at the moment',
    { retryAfterSeconds: 1 },
    { cause },
  );
