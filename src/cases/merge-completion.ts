import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EventStore } from '../event-store/event-store.js';
import { Log, traceOf } from '../log.js';
import { Projections } from '../projections/projections.js';
import { Alarm, supervise } from '../projections/supervise.js';
import { Shutdown } from '../shutdown.js';
import { MergeRepair } from './commands/merge-repair.js';
import { Turns } from '../recording/turns.js';
import { CASES } from './read-models/case-read-model.js';
import type { MergePairIds } from './merges.js';
import { CaseRecords } from './read-models/case-records.js';

const LOOK_EVERY_MS = 100;

/**
 * Completes, right after the start, the merges that the last end of the service has cut in half. The read model tells which
 * they may be; the streams decide. Until then each of the two cases answers for itself.
 */
@Injectable()
export class MergeCompletion implements OnApplicationBootstrap {
  readonly #end = new AbortController();

  constructor(
    private readonly store: EventStore,
    private readonly projections: Projections,
    private readonly records: CaseRecords,
    private readonly turns: Turns,
    private readonly unfinished: MergeRepair,
    private readonly log: Log,
    private readonly shutdown: Shutdown,
  ) {}

  /** Does not wait for it: requests are answered meanwhile. */
  onApplicationBootstrap(): void {
    const completed = supervise(() => this.#complete(), {
      signal: this.#end.signal,
      onTrouble: () => this.log.warn({}, 'merges not completed yet'),
    });
    this.shutdown.during('stop subscriptions', () => {
      this.#end.abort();
      return completed;
    });
  }

  async #complete(): Promise<'done'> {
    await this.#readModelIsThere();
    const failures: unknown[] = [];
    for (const pair of await this.records.openMerges()) {
      if (this.#end.signal.aborted) break;
      // A pair that fails keeps no other from being completed; it is tried again with all that are left.
      await this.#completeOne(pair).catch((error) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures);
    return 'done';
  }

  async #completeOne(pair: MergePairIds): Promise<void> {
    const { loserId: loser, survivorId: survivor } = pair;
    try {
      const repair = await this.turns.takeBoth(loser, survivor, () => this.unfinished.repair(pair));
      if (repair) this.log.warn({ loser, survivor, repair }, 'merge completed');
    } catch (error) {
      this.log.warn({ loser, survivor, ...traceOf(error) }, 'merge not completed');
      throw error;
    }
  }

  /** What was recorded before the start is what can have been cut in half. */
  async #readModelIsThere(): Promise<void> {
    const head = await this.store.head();
    const alarm = new Alarm(this.#end.signal);
    while (head !== undefined && !this.#end.signal.aborted && !(await this.projections.shows(CASES, head))) {
      await alarm.pause(LOOK_EVERY_MS);
    }
  }
}
