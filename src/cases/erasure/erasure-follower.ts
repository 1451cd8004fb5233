import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EventStore, type Position, type StoredEvent } from '../../event-store/event-store.js';
import { Log } from '../../log.js';
import { Projections } from '../../projections/projections.js';
import { Alarm, supervise } from '../../projections/supervise.js';
import { ErasureList } from '../../security/erasure-list.js';
import { Shutdown } from '../../shutdown.js';
import { caseIdOf } from '../case-stream.js';
import type { FactType } from '../domain/facts/facts.js';
import { followCases } from '../following.js';
import { CASES } from '../read-models/case-read-model.js';
import { CaseRecords } from '../read-models/case-records.js';
import { ErasureProcedure } from './erasure-procedure.js';
import { RestoredErasures } from './restored-erasures.js';

const LOOK_EVERY_MS = 100;
const ALL = 1_000_000;
const ERASING: ReadonlySet<string> = new Set<FactType>(['SubjectErasureStarted', 'SubjectErased']);

/**
 * Sees to it that every erasure that was approved is carried out: those that the last end of a service has cut short, those of a
 * store that was restored, and those to come, whichever process has taken the approval.
 */
@Injectable()
export class ErasureFollower implements OnApplicationBootstrap {
  readonly #end = new AbortController();
  #reached: Position | undefined;
  #begun = false;

  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly records: CaseRecords,
    private readonly procedure: ErasureProcedure,
    private readonly restored: RestoredErasures,
    private readonly list: ErasureList,
    private readonly log: Log,
    private readonly shutdown: Shutdown,
  ) {}

  /** Does not wait for it: all else is answered meanwhile. */
  onApplicationBootstrap(): void {
    const followed = supervise(
      async (success) => {
        if (!this.#begun) await this.#begin();
        success();
        await followCases(this.store, this.#reached, this.#end.signal, (batch) => this.#take(batch));
        return 'done';
      },
      { signal: this.#end.signal, onTrouble: () => this.log.error({}, 'erasures not carried out yet') },
    );
    this.shutdown.during('stop subscriptions', () => {
      this.#end.abort();
      return followed;
    });
  }

  async #begin(): Promise<void> {
    const alarm = new Alarm(this.#end.signal);
    const head = await this.store.head();
    while (head !== undefined && !this.#end.signal.aborted && !(await this.projections.shows(CASES, head))) {
      await alarm.pause(LOOK_EVERY_MS);
    }
    if (this.#end.signal.aborted) return;
    this.#reached = head;
    for (const erasure of this.list.read()) await this.restored.erase(erasure);
    for (const state of ['under_way', 'erased'] as const) {
      for (const { caseId } of await this.records.inErasure(state, ALL)) await this.#carryOut(caseId);
    }
    this.#begun = true;
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    const cases = new Set(
      batch.filter(({ type }) => ERASING.has(type)).map(({ stream }) => caseIdOf(stream)),
    );
    for (const caseId of cases) await this.#carryOut(caseId);
    this.#reached = batch.at(-1)?.position ?? this.#reached;
  }

  async #carryOut(caseId: string): Promise<void> {
    await this.procedure.carryOut(caseId);
    this.log.info({ caseId }, 'erasure carried out');
  }
}
