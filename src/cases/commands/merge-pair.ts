import { Injectable } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { EventIdTaken, RevisionConflict } from '../../event-store/errors.js';
import { Ledger } from '../../ledger/ledger.js';
import type { Envelope } from '../../ledger/recorded-event.js';
import type { AppendResult } from '../../event-store/event-store.js';
import { streamOf } from '../case-stream.js';
import type { Fact } from '../domain/facts/facts.js';
import type { OpenFile } from './case-files.js';
import { notBefore } from '../../recording/envelope.js';
import { eventToRecord } from './event-to-record.js';
import { keyReused } from '../../recording/key-claims.js';

/** One of the two facts of a merge or an unmerge, and the file it goes to. */
export interface Half {
  caseId: string;
  found: OpenFile;
  fact: Fact;
  eventId: string;
}

/** Writes the facts of a merge: each to its own stream, at the revision on which it was decided. */
@Injectable()
export class MergePair {
  constructor(
    private readonly ledger: Ledger,
    private readonly clock: Clock,
  ) {}

  /** Undefined if the stream has moved on; nothing was written then. */
  async write(
    { caseId, found, fact, eventId }: Half,
    envelope: Omit<Envelope, 'recordedAt'>,
  ): Promise<AppendResult | undefined> {
    // Neither of the two corrects anything.
    const events = [eventToRecord(fact, eventId, () => undefined)];
    const recordedAt = notBefore(found.lastRecordedAt, this.clock);
    try {
      return await this.ledger.append(streamOf(caseId), events, { ...envelope, recordedAt }, found.revision);
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      if (error instanceof EventIdTaken && envelope.requestDigest !== undefined) throw keyReused();
      throw error;
    }
  }
}

export const movedOn = (): HabeasError =>
  new HabeasError('unavailable', 'case-contended', 'the cases moved on meanwhile; repeat the command', {
    retryAfterSeconds: 1,
  });
