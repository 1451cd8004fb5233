import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { EventStore, type Position, type StoredEvent } from '../../event-store/event-store.js';
import { Log } from '../../log.js';
import { Arrivals } from '../../projections/arrivals.js';
import { readModelBehind } from '../../projections/behind.js';
import { isPassing } from '../../projections/failures.js';
import { Projections } from '../../projections/projections.js';
import { supervise } from '../../projections/supervise.js';
import { Shutdown } from '../../shutdown.js';
import { CaseHistories } from '../case-history.js';
import type { FactType } from '../domain/facts/facts.js';
import { followCases } from '../following.js';
import { CASES } from '../read-models/case-read-model.js';
import { CaseRecords } from '../read-models/case-records.js';
import { sealedNames } from '../read-models/sealed-names.js';
import { NameIndex } from './name-index.js';
import { OpenedNames } from './opened-names.js';

const CASES_AT_A_TIME = 250;
const LONGEST_WAIT_MS = 5_000;
/** Stands before every position of a store: what the read model has is read, be it nothing. */
const ALL_READ = ' ';

/** After which a case may go by other names than before. */
const CHANGING: ReadonlySet<string> = new Set<FactType>([
  'CaseOpened',
  'NameRecorded',
  'EventCorrected',
  'EventVoided',
  'CaseMerged',
  'CaseAbsorbed',
  'CaseUnmerged',
  'CaseReleasedFromMerge',
  'SubjectErased',
]);

/**
 * Who goes by which name: opened from what is sealed, and kept in the memory of this process only. Read from the read model at
 * the start, then brought up to date by following the store.
 */
@Injectable()
export class KnownNames implements OnApplicationBootstrap {
  readonly #index = new NameIndex();
  readonly #arrivals = new Arrivals();
  readonly #end = new AbortController();
  #reached: Position | undefined;
  #complete = false;

  constructor(
    private readonly store: EventStore,
    private readonly histories: CaseHistories,
    private readonly records: CaseRecords,
    private readonly opened: OpenedNames,
    private readonly projections: Projections,
    private readonly log: Log,
    private readonly shutdown: Shutdown,
  ) {}

  /** Does not wait for it: all else is answered meanwhile. */
  onApplicationBootstrap(): void {
    const followed = supervise(
      async (success) => {
        if (!this.#complete) await this.#readAll();
        success();
        await this.#follow();
        return 'done';
      },
      { signal: this.#end.signal, onTrouble: () => this.log.warn({}, 'names not followed') },
    );
    this.shutdown.during('stop subscriptions', () => {
      this.#end.abort();
      return followed;
    });
  }

  /** The cases that a query (`queryKeys`) finds. Throws `read-model-behind` while the names are still being read. */
  find(groups: readonly (readonly string[])[]): string[] {
    this.#requireComplete();
    return this.#index.find(groups);
  }

  /** The cases with a name of one of these keys, and their names. */
  like(keys: readonly string[]): { caseId: string; forms: string[] }[] {
    this.#requireComplete();
    return this.#index.find([keys]).map((caseId) => ({ caseId, forms: this.#index.formsOf(caseId) }));
  }

  /** Resolves once the names are known that were recorded up to the position; throws `read-model-behind` after 5 s. */
  async atLeast(minPosition: Position | undefined): Promise<void> {
    const wanted = minPosition ?? ALL_READ;
    const there = async () => (this.#complete ? (this.#reached ?? ALL_READ) : undefined);
    if (this.#arrivals.has(wanted)) return;
    if (!(await this.#arrivals.wait(wanted, LONGEST_WAIT_MS, there))) throw namesBehind();
  }

  async #readAll(): Promise<void> {
    // Before the rows: what comes between the two is met again when following.
    this.#reached = await this.projections.position(CASES);
    let after = '';
    let unreadable = 0;
    for (;;) {
      const rows = await this.records.sealedNames(after, CASES_AT_A_TIME);
      const forms = await this.opened.in(rows.map(({ names }) => names));
      rows.forEach(({ caseId }, i) => {
        const known = forms[i];
        if (known) this.#index.put({ caseId, forms: known });
        else unreadable += 1;
      });
      after = rows.at(-1)?.caseId ?? after;
      if (rows.length < CASES_AT_A_TIME || this.#end.signal.aborted) break;
    }
    this.#complete = true;
    this.#arrivals.reached(this.#reached ?? ALL_READ);
    this.log.info({ cases: this.#index.size }, 'names read');
    if (unreadable > 0) this.log.error({ cases: unreadable }, 'names that do not open');
  }

  async #follow(): Promise<void> {
    await followCases(this.store, this.#reached, this.#end.signal, (batch) => this.#take(batch));
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    const changed = batch.filter(({ type }) => CHANGING.has(type));
    const touched = new Set(changed.flatMap((event) => this.histories.casesIn(event)));
    for (const caseId of touched)
      await this.#takeCase(caseId).catch((error) => this.#passOver(caseId, error));
    this.#reached = batch.at(-1)?.position ?? this.#reached;
    this.#arrivals.reached(this.#reached ?? '');
  }

  async #takeCase(caseId: string): Promise<void> {
    const history = await this.histories.load(caseId);
    const [forms] = history ? await this.opened.in([sealedNames(history)]) : [];
    if (history?.caseId !== caseId) this.#index.remove(caseId);
    if (history && forms) this.#index.put({ caseId: history.caseId, forms });
  }

  /** A case that cannot be read is found by nobody; it must not keep the others from being found. */
  #passOver(caseId: string, error: unknown): void {
    if (isPassing(error)) throw error;
    this.log.error({ caseId }, 'names of a case not read');
  }

  #requireComplete(): void {
    if (!this.#complete) throw namesBehind();
  }
}

const namesBehind = (): Error => readModelBehind('the names have not been read that far yet');
