import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { EventIdTaken, RevisionConflict } from '../../event-store/errors.js';
import { Ledger } from '../../ledger/ledger.js';
import { streamOf } from '../case-stream.js';
import type { DecideContext } from '../domain/decide/context.js';
import type { Fact } from '../domain/facts/facts.js';
import { LawBook } from '../law-book.js';
import type { CommandAnswer, CommandEnvelope } from './case-command.js';
import type { OpenFile } from './case-files.js';
import type { CommandIds } from './command-ids.js';
import { envelopeOf, notBefore } from './envelope.js';
import { eventToRecord } from './event-to-record.js';
import { KeyClaims } from './key-claims.js';
import { answerOf, keyReused, recordedBefore } from './recorded-before.js';
import { Turns } from './turns.js';

/** With commands of other processes colliding that often, something is wrong with one of them. */
const MOST_ATTEMPTS = 50;

/** What differs from command to command. */
export interface Work {
  /** The case as the sender may find it; undefined: there is none yet. */
  find(): Promise<OpenFile | undefined>;
  /** Refuses what is no question of the revision, which the sender of this command may not learn. */
  admit?(found: OpenFile | undefined): void;
  decide(found: OpenFile | undefined, context: DecideContext): Fact[];
  /** What has to be on disk before the facts that tell of it. May be asked again. */
  settle?(): Promise<void>;
}

/** What every command shares: load, compare, decide, append, and again if the case has moved on meanwhile. */
@Injectable()
export class Recorder {
  constructor(
    private readonly turns: Turns,
    private readonly ledger: Ledger,
    private readonly claims: KeyClaims,
    private readonly clock: Clock,
    private readonly law: LawBook,
  ) {}

  record(caseId: string, ids: CommandIds, envelope: CommandEnvelope, work: Work): Promise<CommandAnswer> {
    return this.turns.take(caseId, async () => {
      for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
        const answer = await this.#attempt(caseId, ids, envelope, work);
        if (answer) return answer;
      }
      throw new HabeasError('unavailable', 'case-contended', 'too many commands to this case at once', {
        retryAfterSeconds: 1,
      });
    });
  }

  /** Undefined if the case moved on between reading and writing. */
  async #attempt(
    caseId: string,
    ids: CommandIds,
    envelope: CommandEnvelope,
    work: Work,
  ): Promise<CommandAnswer | undefined> {
    const found = await work.find();
    const before = recordedBefore(caseId, found?.events ?? [], ids, envelope);
    if (before) return before;
    work.admit?.(found);
    requireRevision(found, envelope.ifRevision);

    const recordedAt = notBefore(found?.lastRecordedAt, this.clock);
    const facts = work.decide(found, {
      newId: (purpose) => ids.for(purpose),
      recordedAt,
      by: { principalId: envelope.principalId, isAdmin: envelope.roles.includes('admin') },
      law: this.law.law,
    });
    const typeOf = (id: string) => found?.file.recorded.find(({ eventId }) => eventId === id)?.type;
    const events = facts.map((fact, i) => eventToRecord(fact, ids.event(i), typeOf));
    await work.settle?.();
    if (envelope.idempotency) await this.claims.claim(ids.for('command'), caseId);
    try {
      const appended = await this.ledger.append(
        streamOf(caseId),
        events,
        envelopeOf(envelope, ids, recordedAt),
        found ? found.revision : 'no_stream',
      );
      // The same command got there first, by another way: what it recorded is compared like any earlier one.
      return appended.alreadyStored ? undefined : answerOf(caseId, events, appended);
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      if (error instanceof EventIdTaken && envelope.idempotency) throw keyReused();
      throw error;
    }
  }
}

export function requireRevision(found: OpenFile | undefined, expected: number | undefined): void {
  if (expected === undefined) return;
  const actual = found?.revision;
  if (actual === expected) return;
  throw new HabeasError('stale', 'stale-revision', 'the case has moved on since it was read', {
    errors: [{ pointer: '/headers/if-match', message: `the case stands at revision ${actual ?? 'none'}` }],
  });
}
