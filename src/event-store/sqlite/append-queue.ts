import type { HabeasError } from '../../errors.js';
import { StoreUnavailable } from '../errors.js';
import type { GroupOutcome, Work } from './group-commit.js';
import { untilReopened } from './repair.js';
import { storeError } from './sqlite-failure.js';

/** So many share one transaction at most: the first of them waits for the last. */
const GROUP = 256;
/** How long a group is tried again while another process writes, and how often. */
const BUSY = { forMs: 5_000, everyMs: 5 };

/** The file as the queue sees it. */
export interface Writes {
  commit(group: readonly Work[]): GroupOutcome;
  /** What can wait until a group has its answers. Throws if the file has to be checked. */
  tidy(): void;
  /**
   * Moves to a new connection on a checked file, and tells which of those in doubt are in it; rejects if that cannot be had,
   * and then nothing has changed.
   */
  reopen(inDoubt: readonly Work[]): Promise<ReadonlySet<Work>>;
}

/** Gathers what one turn of the event loop brings into a group; takes nothing while the file is in question. */
export class AppendQueue {
  private waiting: Work[] = [];
  private flush: Promise<void> | undefined;
  private busySince: number | undefined;
  private refusal: HabeasError | undefined;
  private repair: Promise<void> | undefined;
  private readonly closing = new AbortController();

  constructor(private readonly file: Writes) {}

  add(work: Work): void {
    if (this.refusal) return work.reject(this.refusal);
    this.waiting.push(work);
    this.schedule();
  }

  /** Takes no more; resolves when everything taken before has its answer. */
  async close(): Promise<void> {
    this.refusal = new StoreUnavailable('the event store is closed');
    this.closing.abort();
    while (this.flush) await this.flush;
    await this.repair;
  }

  private schedule(afterMs?: number): void {
    this.flush ??= new Promise((resolve) => {
      const flush = (): void => {
        this.flush = undefined;
        this.commitNext();
        resolve();
      };
      if (afterMs === undefined) setImmediate(flush);
      else setTimeout(flush, afterMs);
    });
  }

  private commitNext(): void {
    const group = this.waiting.splice(0, GROUP);
    if (group.length === 0) return;
    const outcome = this.file.commit(group);
    if (outcome.kind === 'busy') return this.tryAgain(group, outcome.error);
    this.busySince = undefined;
    if (outcome.kind === 'committed') {
      for (const work of group) work.settle();
      setImmediate(() => this.tidy());
    } else {
      const inDoubt = outcome.kind === 'faulty' && outcome.inDoubt;
      if (!inDoubt) rejectAll(group, outcome.error);
      if (outcome.kind === 'faulty') return this.standStill(outcome.error, inDoubt ? group : []);
    }
    if (this.waiting.length > 0) this.schedule();
  }

  private tryAgain(group: Work[], error: unknown): void {
    this.busySince ??= performance.now();
    if (performance.now() - this.busySince < BUSY.forMs) {
      this.waiting.unshift(...group);
    } else {
      this.busySince = undefined;
      rejectAll(group, error);
    }
    if (this.waiting.length > 0) this.schedule(BUSY.everyMs);
  }

  private tidy(): void {
    if (this.refusal) return;
    try {
      this.file.tidy();
    } catch (error) {
      this.standStill(error, []);
    }
  }

  private standStill(error: unknown, inDoubt: readonly Work[]): void {
    rejectAll(this.waiting.splice(0), error);
    const closed = this.closing.signal;
    if (!closed.aborted) this.refusal = storeError(error);
    this.repair = untilReopened(
      () => this.file.reopen(inDoubt),
      { inDoubt, cause: error, closed },
      (failure) => {
        if (!closed.aborted) this.refusal = failure;
      },
    );
  }
}

function rejectAll(group: readonly Work[], error: unknown): void {
  const told = storeError(error);
  for (const work of group) work.reject(told);
}
