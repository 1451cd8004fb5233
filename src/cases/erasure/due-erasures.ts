import type { Log } from '../../log.js';
import { describeFailure, isPassing } from '../../projections/failures.js';
import { Alarm } from '../../projections/supervise.js';
import type { FailingErasures } from './failing-erasures.js';

/** A store that is out of reach is back soon, or somebody works on it. */
const PASSING = { firstMs: 100, longestMs: 10_000 };
/** What is wrong with a case is mended by people. */
const LASTING = { firstMs: 60_000, longestMs: 3_600_000 };

/** Of a kind that passes, and yet not before somebody has put back what is missing. */
const OF_THE_CASE: ReadonlySet<string> = new Set(['key-lost', 'key-damaged', 'sealed-data-damaged']);

interface Due {
  failures: number;
  /** Not before, on the clock of `performance`. */
  at: number;
}

export interface DueErasuresParts {
  /** Gives true if there was something to do. To be done again as often as it takes. */
  carryOut: (caseId: string) => Promise<boolean>;
  failing: FailingErasures;
  log: Log;
  signal: AbortSignal;
}

/** The cases whose erasure is to be seen to: one after the other, and one that fails keeps none of the others waiting. */
export class DueErasures {
  readonly #due = new Map<string, Due>();
  readonly #alarm: Alarm;

  constructor(private readonly parts: DueErasuresParts) {
    this.#alarm = new Alarm(parts.signal);
  }

  /** At once, also if it has failed before and was to be tried later. */
  add(caseId: string): void {
    this.#due.set(caseId, { failures: 0, at: 0 });
    this.#alarm.wake();
  }

  /** Resolves after the signal. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.parts;
    while (!signal.aborted) {
      const now = performance.now();
      for (const [caseId, due] of [...this.#due]) {
        if (!signal.aborted && due.at <= now) await this.#attempt(caseId, due);
      }
      const next = Math.min(LASTING.longestMs, ...[...this.#due.values()].map(({ at }) => at - now));
      await this.#alarm.pause(Math.max(0, next));
    }
  }

  async #attempt(caseId: string, { failures }: Due): Promise<void> {
    const { carryOut, failing, log } = this.parts;
    this.#due.delete(caseId);
    try {
      const done = await carryOut(caseId);
      failing.succeeded(caseId);
      if (done) log.info({ caseId }, 'erasure carried out');
    } catch (error) {
      const { code } = describeFailure(error);
      const passing = isPassing(error) && !OF_THE_CASE.has(code);
      const isNew = failing.codeOf(caseId) !== code;
      failing.failed(caseId, code);
      // Once it is known that someone must look at it, that it still fails is no news.
      if (isNew && !passing) log.error({ caseId, code }, 'erasure not carried out');
      else if (isNew || !passing) log.warn({ caseId, code }, 'erasure not carried out');
      const { firstMs, longestMs } = passing ? PASSING : LASTING;
      const pause = Math.min(firstMs * 2 ** failures, longestMs);
      // It may have become due anew meanwhile.
      if (!this.#due.has(caseId))
        this.#due.set(caseId, { failures: failures + 1, at: performance.now() + pause });
    }
  }
}
