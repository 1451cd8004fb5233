import { describeFailure } from './failures.js';
import { LiveRunner, type RunnerParts } from './live-runner.js';
import type { ReadModel } from './read-model.js';
import { Rebuild } from './rebuild.js';
import { Alarm, supervise } from './supervise.js';

/** Keeps one read model up with the store, rebuilds it when asked to, and tries again what was parked, until a signal is given. */
export class Upkeep {
  readonly #live: LiveRunner;
  readonly #rebuild: Rebuild;
  readonly #alarms: Alarm[] = [];

  constructor(
    private readonly model: ReadModel,
    private readonly parts: RunnerParts,
    private readonly lookEveryMs: number,
  ) {
    this.#live = new LiveRunner(model, parts);
    this.#rebuild = new Rebuild(model, parts);
  }

  /** Resolves when the signal was given and the batches in hand are committed. What fails is told and tried again. */
  async run(): Promise<void> {
    const [live, rebuild] = [this.#live, this.#rebuild];
    await Promise.all([
      this.#supervised('following', (success) => live.follow(success)),
      this.#nowAndThen('rebuilding', async (success) => {
        if (await rebuild.run(success)) live.interrupt();
      }),
      this.#nowAndThen('retrying', () => live.retryParked()),
    ]);
    await this.parts.deriving.close();
  }

  /** Makes it look at once for new events and for what it has been asked to do. */
  nudge(): void {
    this.#live.interrupt();
    for (const alarm of this.#alarms) alarm.wake();
  }

  #supervised(doing: string, work: (success: () => void) => Promise<'again'>): Promise<void> {
    const { signal, tell } = this.parts;
    const onTrouble = (error: unknown): void => {
      const { code, message } = describeFailure(error);
      tell({ kind: 'trouble', projection: this.model.name, doing, message: `${code}: ${message}` });
    };
    return supervise(work, { signal, onTrouble });
  }

  #nowAndThen(doing: string, work: (success: () => void) => Promise<void>): Promise<void> {
    const alarm = new Alarm(this.parts.signal);
    this.#alarms.push(alarm);
    return this.#supervised(doing, async (success) => {
      await work(success);
      await alarm.pause(this.lookEveryMs);
      return 'again';
    });
  }
}
