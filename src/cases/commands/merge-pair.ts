import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../../clock.js';
import { RevisionConflict } from '../../event-store/errors.js';
import { Ledger } from '../../ledger/ledger.js';
import type { Envelope } from '../../ledger/recorded-event.js';
import type { AppendResult } from '../../event-store/event-store.js';
import { streamOf } from '../case-stream.js';
import type { Fact } from '../domain/facts/facts.js';
import type { OpenFile } from './case-files.js';
import { notBefore } from './envelope.js';

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
    const events = [{ eventId, type: fact.type, data: { ...fact.data } }];
    const recordedAt = notBefore(found.lastRecordedAt, this.clock);
    try {
      return await this.ledger.append(streamOf(caseId), events, { ...envelope, recordedAt }, found.revision);
    } catch (error) {
      if (error instanceof RevisionConflict) return undefined;
      throw error;
    }
  }

  /** Takes back a `CaseAbsorbed` whose `CaseMerged` could not be written: the other case had moved on. */
  async takeBack(
    survivorId: string,
    survivor: OpenFile,
    loserId: string,
    envelope: Omit<Envelope, 'recordedAt'>,
  ): Promise<AppendResult | undefined> {
    const fact: Fact = {
      type: 'CaseReleasedFromMerge',
      data: { caseId: loserId, reason: 'the merged case had moved on; the merge did not come about' },
    };
    return this.write({ caseId: survivorId, found: survivor, fact, eventId: v7() }, envelope);
  }
}
