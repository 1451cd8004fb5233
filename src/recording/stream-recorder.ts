import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { HabeasError } from '../errors.js';
import { EventIdTaken, RevisionConflict } from '../event-store/errors.js';
import { Ledger } from '../ledger/ledger.js';
import type { EventToRecord, RecordedEvent } from '../ledger/recorded-event.js';
import type { CommandEnvelope } from '../security/command-envelope.js';
import type { CommandIds } from './command-ids.js';
import { envelopeOf, notBefore } from './envelope.js';
import { KeyClaims, keyReused } from './key-claims.js';
import { Turns } from './turns.js';

/** With commands of other processes colliding that often, something is wrong with one of them. */
const MOST_ATTEMPTS = 50;

/** A stream as a command finds it. */
export interface FoundStream {
  events: readonly RecordedEvent[];
  revision: number;
  lastRecordedAt: string;
}

/** Where a command is recorded. */
export interface Target {
  stream: string;
  /** Commands with the same one go one after the other within this process. */
  turn: string;
  /** What its idempotency key is claimed for; never change it. */
  claim: string;
  /** What a caller calls it: `case`. */
  called: string;
}

/** What differs from command to command. */
export interface StreamWork<Found extends FoundStream> {
  /** The stream as the sender may find it; undefined: there is none yet. */
  find(): Promise<Found | undefined>;
  /** Throws if what was recorded under this key cannot be answered again. */
  answersAgain?(found: Found, recorded: readonly RecordedEvent[]): void;
  /** Refuses what is no question of the revision, which the sender of this command may not learn. */
  admit?(found: Found | undefined): void;
  /** `recordedAt`: RFC 3339 in UTC with milliseconds, of what is decided now. */
  decide(found: Found | undefined, recordedAt: string): EventToRecord[];
  /** What has to be on disk before the events that tell of it. May be asked again. */
  settle?(): Promise<void>;
}

/** What a command has come to, now or when it was sent first. */
export interface Recorded {
  events: readonly Pick<EventToRecord, 'eventId' | 'type' | 'data'>[];
  /** Of the last event. */
  revision: number;
  position: string;
  /** True when the command had been carried out before and nothing was written now. */
  replayed: boolean;
}

/** What every command shares, wherever it is recorded: load, compare, decide, append, and again if the stream has moved on meanwhile. */
@Injectable()
export class StreamRecorder {
  constructor(
    private readonly turns: Turns,
    private readonly ledger: Ledger,
    private readonly claims: KeyClaims,
    private readonly clock: Clock,
  ) {}

  record<Found extends FoundStream>(
    target: Target,
    ids: CommandIds,
    envelope: CommandEnvelope,
    work: StreamWork<Found>,
  ): Promise<Recorded> {
    return this.turns.take(target.turn, async () => {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const recorded = await this.#attempt(target, ids, envelope, work);
        if (recorded) return recorded;
      }
      throw new HabeasError(
        'unavailable',
        `${target.called}-contended`,
        `too many commands to this ${target.called} at once`,
        { retryAfterSeconds: 1 },
      );
    });
  }

  /** Undefined if the stream moved on between reading and writing. */
  async #attempt<Found extends FoundStream>(
    { stream, claim, called }: Target,
    ids: CommandIds,
    envelope: CommandEnvelope,
    work: StreamWork<Found>,
  ): Promise<Recorded | undefined> {
    const found = await work.find();
    const before =
      found && recordedUnder(found.events, ids, envelope, (recorded) => work.answersAgain?.(found, recorded));
    if (before) return before;
    work.admit?.(found);
    requireRevision(found, envelope.ifRevision, called);

    const recordedAt = notBefore(found?.lastRecordedAt, this.clock);
    const events = work.decide(found, recordedAt);
    await work.settle?.();
    if (envelope.idempotency) await this.claims.claim(ids.for('command'), claim);
    try {
      const appended = await this.ledger.append(
        stream,
        events,
        envelopeOf(envelope, ids, recordedAt),
        found ? found.revision : 'no_stream',
      );
      // The same command got there first, by another way: what it recorded is compared like any earlier one.
      return appended.alreadyStored ? undefined : { events, ...positionOf(appended), replayed: false };
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      if (error instanceof EventIdTaken && envelope.idempotency) throw keyReused();
      throw error;
    }
  }
}

/**
 * What a command that was carried out before under the same key came to. Throws if it was another request; `answersAgain` is
 * asked first, and may throw for a reason of its own.
 */
export function recordedUnder(
  events: readonly RecordedEvent[],
  ids: CommandIds,
  { idempotency }: CommandEnvelope,
  answersAgain: (recorded: readonly RecordedEvent[]) => void = () => undefined,
): Recorded | undefined {
  if (!idempotency) return undefined;
  const recorded = events.filter(({ causationId }) => causationId === ids.for('command'));
  const last = recorded.at(-1);
  if (!last) return undefined;
  answersAgain(recorded);
  if (last.requestDigest !== idempotency.digest) throw keyReused();
  return { events: recorded, ...positionOf(last), replayed: true };
}

export function requireRevision(
  found: Pick<FoundStream, 'revision'> | undefined,
  expected: number | undefined,
  called: string,
): void {
  if (expected === undefined) return;
  const actual = found?.revision;
  if (actual === expected) return;
  throw new HabeasError('stale', 'stale-revision', `the ${called} has moved on since it was read`, {
    errors: [
      { pointer: '/headers/if-match', message: `the ${called} stands at revision ${actual ?? 'none'}` },
    ],
  });
}

const positionOf = ({ revision, position }: Pick<Recorded, 'revision' | 'position'>) => ({
  revision,
  position,
});
