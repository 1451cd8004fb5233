import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Clock } from '../../clock.js';
import { FileStore } from '../../files/file-store.js';
import { KeyStore } from '../../keys/key-store.js';
import { Ledger } from '../../ledger/ledger.js';
import { ErasureList } from '../../security/erasure-list.js';
import type { CaseHistory } from '../case-history.js';
import { RecordInCase } from '../commands/case-command.js';
import { unlessErased, WholeCases } from '../whole-cases.js';
import { erasureStatus, type ErasureStatus } from './erasure-status.js';

const SYSTEM = { principalId: 'system', roles: [] };

/**
 * Carries out an erasure that was approved. Each step may be done again, by whichever process: it looks at what is recorded and
 * at the keys that are there, never at what it has done before. In this order, since an end may come after any of them:
 * 1. halves of merges are completed, so that it is known which streams are the person's;
 * 2. the erasure is put on the list that a restore asks for;
 * 3. the keys are destroyed: from here on nobody reads what they sealed;
 * 4. they leave the memory of this process;
 * 5. the files, which nobody can read any more, are removed;
 * 6. the certificate is recorded.
 */
@Injectable()
export class ErasureProcedure {
  constructor(
    private readonly cases: WholeCases,
    private readonly list: ErasureList,
    private readonly keys: KeyStore,
    private readonly ledger: Ledger,
    private readonly files: FileStore,
    private readonly commands: CommandBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Does nothing for a case whose erasure was not approved; for one that was erased it sees to the list and to the keys that the
   * certificate names. True if the case is certified by this call.
   */
  async carryOut(caseId: string): Promise<boolean> {
    const history = await this.cases.load(caseId);
    const status = history && erasureStatus(history.caseId, history.recorded);
    if (!history || !status || status.state === 'requested') return false;
    const keyIds = [...(status.destroyedKeys ?? new Set(history.events.map(({ keyId }) => keyId)))];
    this.#enlist(status, keyIds, history.mergedFrom);
    await this.keys.destroy(keyIds, this.#now());
    this.ledger.forget(keyIds);
    await this.files.removeGroups([history.caseId, ...history.mergedFrom]);
    if (status.state !== 'under_way') return false;
    await this.#certify(history, keyIds);
    return true;
  }

  #enlist(status: ErasureStatus, keyIds: readonly string[], mergedFrom: readonly string[]): void {
    this.list.add({
      mergedFrom,
      caseId: status.caseId,
      keyIds,
      erasedAt: status.erasedAt ?? this.#now(),
      requestedBy: status.requestedBy,
      approvedBy: status.approvedBy ?? status.requestedBy,
      eventId: status.requestEventId,
    });
  }

  async #certify({ caseId, events }: CaseHistory, destroyedKeys: string[]): Promise<void> {
    const sealedEvents = events.filter(({ sealed }) => sealed).length;
    const command = { name: 'CertifyErasure', data: { destroyedKeys, sealedEvents } } as const;
    const envelope = { ...SYSTEM, correlationId: `erasure-${caseId}` };
    // Another process may be first.
    await this.commands.execute(new RecordInCase(caseId, command, envelope)).catch(unlessErased);
  }

  #now(): string {
    return this.clock.now().toISOString();
  }
}
