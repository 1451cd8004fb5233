import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Clock } from '../../clock.js';
import { KeyStore } from '../../keys/key-store.js';
import { Ledger } from '../../ledger/ledger.js';
import type { Erasure } from '../../security/erasure-list.js';
import { CaseHistories } from '../case-history.js';
import { streamOf } from '../case-stream.js';
import { eventToRecord } from '../commands/event-to-record.js';
import { notBefore } from '../commands/envelope.js';
import { Turns } from '../commands/turns.js';
import type { Fact } from '../domain/facts/facts.js';
import { ERASURE_WARNINGS } from '../domain/facts/protection-facts.js';
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
    private readonly turns: Turns,
    private readonly clock: Clock,
  ) {}

  /** Does nothing where the erasure is known, or the case is not. */
  async erase(erasure: Erasure): Promise<void> {
    const at = this.clock.now().toISOString();
    await this.keys.destroy(erasure.keyIds, at);
    this.ledger.forget(erasure.keyIds);
    await this.turns.take(erasure.caseId, () => this.#tellAgain(erasure));
  }

  async #tellAgain({ caseId, keyIds, eventId, approvedBy }: Erasure): Promise<void> {
    const history = await this.histories.load(caseId);
    if (!history || history.caseId !== caseId) return;
    const known = erasureStatus(caseId, history.recorded);
    if (known && known.state !== 'requested') return;
    const facts: Fact[] = [
      { type: 'SubjectErasureStarted', data: { requestEventId: eventId } },
      {
        type: 'SubjectErased',
        data: {
          requestEventId: eventId,
          caseIds: [caseId, ...history.mergedFrom],
          destroyedKeys: [...keyIds],
          sealedEvents: history.events.filter(({ sealed }) => sealed).length,
          warnings: [...ERASURE_WARNINGS],
        },
      },
    ];
    await this.ledger.append(
      streamOf(caseId),
      facts.map((fact) => eventToRecord(fact, v7(), () => undefined)),
      {
        recordedAt: notBefore(history.lastRecordedAt, this.clock),
        recordedBy: approvedBy,
        correlationId: `erasure-${caseId}`,
        causationId: v7(),
      },
      history.revision,
    );
  }
}
