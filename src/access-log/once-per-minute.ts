import type { Clock } from '../clock.js';

interface Done {
  minute: number;
  outcome: Promise<void>;
}

/** Does something for a key at most once in a minute of the clock; who comes later in that minute waits for the same. */
export class OncePerMinute {
  readonly #latest = new Map<string, Done>();

  constructor(private readonly clock: Clock) {}

  /** Rejects with what `work` rejects with; then the next is tried again. */
  do(key: string, work: () => Promise<void>): Promise<void> {
    const minute = Math.floor(this.clock.now().getTime() / 60_000);
    const latest = this.#latest.get(key);
    if (latest?.minute === minute) return latest.outcome;
    const done = { minute, outcome: work() };
    this.#latest.set(key, done);
    done.outcome.catch(() => {
      if (this.#latest.get(key) === done) this.#latest.delete(key);
    });
    return done.outcome;
  }
}
