import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EventStore, type Position, type StoredEvent } from '../../event-store/event-store.js';
import { Log } from '../../log.js';
import { Projections } from '../../projections/projections.js';
import { Alarm, supervise, type Supervision } from '../../projections/supervise.js';
import { ErasureList, type Erasure } from '../../security/erasure-list.js';
import { Shutdown } from '../../shutdown.js';
import { caseIdOf } from '../case-stream.js';
import type { FactType } from '../domain/facts/facts.js';
import { followCases } from '../following.js';
import { CASES } from '../read-models/case-read-model.js';
import { CaseRecords } from '../read-models/case-records.js';
import { DueErasures } from './due-erasures.js';
import { ErasureProcedure } from './erasure-procedure.js';
import { FailingErasures } from './failing-erasures.js';
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
  readonly #due: DueErasures;
  #listed = new Map<string, Erasure[]>();
  #reached: Position | undefined;

  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly records: CaseRecords,
    private readonly procedure: ErasureProcedure,
    private readonly restored: RestoredErasures,
    private readonly list: ErasureList,
    failing: FailingErasures,
    private readonly log: Log,
    private readonly shutdown: Shutdown,
  ) {
    const carryOut = (caseId: string): Promise<boolean> => this.#carryOut(caseId);
    this.#due = new DueErasures({ carryOut, failing, log, signal: this.#end.signal });
  }

  /** Does not wait for it: all else is answered meanwhile. The keys of what is on the list are destroyed before this. */
  onApplicationBootstrap(): void {
    const { signal } = this.#end;
    const onTrouble = (): void => this.log.error({}, 'erasures not followed');
    const followed = Promise.all([
      this.#due.run(),
      supervise(() => this.#addListed(), { signal, onTrouble }),
      this.#followFromHere({ signal, onTrouble }),
    ]);
    this.shutdown.during('stop subscriptions', () => {
      this.#end.abort();
      return followed;
    });
  }

  async #addListed(): Promise<'done'> {
    this.#listed = Map.groupBy(this.list.readOwn(), ({ caseId }) => caseId);
    for (const caseId of this.#listed.keys()) this.#due.add(caseId);
    return 'done';
  }

  /** What is recorded up to now the read model tells, and what comes later the store. */
  async #followFromHere(supervision: Supervision): Promise<void> {
    const head = async (): Promise<'done'> => {
      this.#reached = await this.store.head();
      return 'done';
    };
    await supervise(head, supervision);
    const before = this.#reached;
    await Promise.all([
      supervise(() => this.#addKnown(before), supervision),
      supervise((success) => this.#follow(success), supervision),
    ]);
  }

  async #addKnown(head: Position | undefined): Promise<'done'> {
    const alarm = new Alarm(this.#end.signal);
    while (head !== undefined && !(await this.projections.shows(CASES, head))) {
      await alarm.pause(LOOK_EVERY_MS);
      if (this.#end.signal.aborted) return 'done';
    }
    for (const state of ['under_way', 'erased'] as const) {
      for (const { caseId } of await this.records.inErasure(state, ALL)) this.#due.add(caseId);
    }
    return 'done';
  }

  async #follow(success: () => void): Promise<'done'> {
    success();
    await followCases(this.store, this.#reached, this.#end.signal, (batch) => this.#take(batch));
    return 'done';
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    for (const { type, stream } of batch) if (ERASING.has(type)) this.#due.add(caseIdOf(stream));
    this.#reached = batch.at(-1)?.position ?? this.#reached;
  }

  async #carryOut(caseId: string): Promise<boolean> {
    let done = false;
    for (const erasure of this.#listed.get(caseId) ?? []) done = (await this.restored.erase(erasure)) || done;
    return (await this.procedure.carryOut(caseId)) || done;
  }
}
