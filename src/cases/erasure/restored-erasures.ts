import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../../clock.js';
import { RevisionConflict } from '../../event-store/errors.js';
import { FileStore } from '../../files/file-store.js';
import { KeyStore } from '../../keys/key-store.js';
import { Ledger } from '../../ledger/ledger.js';
import type { RecordedEvent } from '../../ledger/recorded-event.js';
import type { Erasure } from '../../security/erasure-list.js';
import { CaseHistories } from '../case-history.js';
import { caseIdOf, streamOf } from '../case-stream.js';
import { eventToRecord } from '../commands/event-to-record.js';
import { notBefore } from '../../recording/envelope.js';
import { Turns } from '../../recording/turns.js';
import type { Fact } from '../domain/facts/facts.js';
import { ERASURE_WARNINGS } from '../domain/facts/protection-facts.js';
import { factOf } from '../recorded-fact.js';
import { erasureStatus } from './erasure-status.js';

/**
 * Erasures that are on the list and of which the store knows nothing: it was restored from a backup that is older. The list has
 * the last word, and the store is told again.
 */
@Injectable()
export class RestoredErasures {
  constructor(
    private readonly histories: CaseHistories,
    private readonly ledger: Ledger,
    private readonly keys: KeyStore,
    private readonly files: FileStore,
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  /** Does nothing where the erasure is known, or the case is not. True if the store was told of anything. */
  async erase(erasure: Erasure): Promise<boolean> {
    await this.keys.destroy(erasure.keyIds, this.clock.now().toISOString());
    this.ledger.forget(erasure.keyIds);
    await this.files.removeGroups(casesOf(erasure));
    let told = false;
    // What was merged after the backup was made stands apart again, each with an erasure of its own.
    for (const caseId of casesOf(erasure)) {
      told = (await this.turns.take(caseId, () => this.#tellAgain(caseId, erasure))) || told;
    }
    return told;
  }

  async #tellAgain(caseId: string, erasure: Erasure): Promise<boolean> {
    for (;;) {
      const events = await this.#eventsOf(caseId, erasure);
      const own = events.filter(({ stream }) => stream === streamOf(caseId));
      const last = own.at(-1);
      const known = erasureStatus(caseId, own.map(factOf));
      if (!last || (known && known.state !== 'requested')) return false;
      try {
        await this.ledger.append(
          last.stream,
          factsOf(caseId, erasure, events).map((fact) => eventToRecord(fact, v7(), () => undefined)),
          {
            recordedAt: notBefore(last.recordedAt, this.clock),
            recordedBy: erasure.approvedBy,
            correlationId: `erasure-${caseId}`,
            causationId: v7(),
          },
          last.revision,
        );
        return true;
      } catch (error) {
        // Another process tells it, too.
        if (!(error instanceof RevisionConflict)) throw error;
      }
    }
  }

  /**
   * What the certificate is about. Of a case that is merged into one that was not erased, which it was parted from after the backup
   * was made, only its own stream: there it is erased, also once it is parted again. Nothing where another certificate covers it.
   */
  async #eventsOf(caseId: string, erasure: Erasure): Promise<RecordedEvent[]> {
    const history = await this.histories.load(caseId);
    if (!history || history.caseId === caseId) return history?.events ?? [];
    return casesOf(erasure).includes(history.caseId) ? [] : this.ledger.read(streamOf(caseId));
  }
}

const casesOf = ({ caseId, mergedFrom = [] }: Erasure): string[] => [caseId, ...mergedFrom];

function factsOf(caseId: string, { eventId, keyIds }: Erasure, events: readonly RecordedEvent[]): Fact[] {
  // A case that it was parted from after the backup was made has its own key, which is not on the list.
  const erased = events.filter(({ keyId }) => keyIds.includes(keyId));
  return [
    { type: 'SubjectErasureStarted', data: { requestEventId: eventId } },
    {
      type: 'SubjectErased',
      data: {
        requestEventId: eventId,
        caseIds: [...new Set([caseId, ...erased.map(({ stream }) => caseIdOf(stream))])],
        destroyedKeys: [...new Set(erased.map(({ keyId }) => keyId))],
        sealedEvents: erased.filter(({ sealed }) => sealed).length,
        warnings: [...ERASURE_WARNINGS],
      },
    },
  ];
}
