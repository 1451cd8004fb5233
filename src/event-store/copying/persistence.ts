import { setTimeout as pause } from 'node:timers/promises';
import { OutcomeUnknown, StoreUnavailable } from '../errors.js';
import type { Patience, Watch } from './watch.js';

/** Long enough for a server to be started anew, or for a cluster to elect a leader. */
const PATIENCE: Patience = { forMs: 120_000, everyMs: 500 };

/** Tries again what a store cannot do at present. To repeat a read or an append with the same ids is safe. */
export class Persistence {
  readonly #patience: Patience;
  #failingSince: number | undefined;

  constructor(private readonly watch: Watch) {
    this.#patience = watch.patience ?? PATIENCE;
  }

  /** Something came of it: the patience begins anew. */
  worked(): void {
    this.#failingSince = undefined;
  }

  /** Waits before another try; throws the error itself if it will not pass, or has not passed for too long. */
  async pause(error: unknown): Promise<void> {
    this.watch.signal.throwIfAborted();
    if (!(error instanceof StoreUnavailable || error instanceof OutcomeUnknown)) throw error;
    this.#failingSince ??= Date.now();
    if (Date.now() - this.#failingSince >= this.#patience.forMs) throw error;
    this.watch.trouble(error.message);
    await pause(this.#patience.everyMs, undefined, { signal: this.watch.signal });
  }

  async until<T>(work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        const result = await work();
        this.worked();
        return result;
      } catch (error) {
        await this.pause(error);
      }
    }
  }
}
