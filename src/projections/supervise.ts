const FIRST_PAUSE_MS = 100;
/** What follows the store is to be back within half a minute of whatever held it up, and needs some of that to catch up. */
const LONGEST_PAUSE_MS = 10_000;

/** A pause that can be cut short, by `wake` or by the end of the work. A wake during the work before the pause counts. */
export class Alarm {
  #woken = false;
  #end: (() => void) | undefined;

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', () => this.wake(), { once: true });
  }

  wake(): void {
    this.#woken = true;
    this.#end?.();
  }

  async pause(ms: number): Promise<void> {
    if (!this.#woken && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#end = undefined;
    }
    this.#woken = false;
  }
}

export interface Supervision {
  signal: AbortSignal;
  /** Told of every failure; the work goes on after a pause that grows up to ten seconds. */
  onTrouble: (error: unknown) => void;
}

/**
 * Does the work again and again until it ends with `done` or the signal is given. Never rejects: a failure is told, and
 * tried again; work that the signal has cut short has not failed. The pause shrinks back once the work has reported a `success`.
 */
export async function supervise(
  work: (success: () => void) => Promise<'done' | 'again'>,
  { signal, onTrouble }: Supervision,
): Promise<void> {
  const alarm = new Alarm(signal);
  let failures = 0;
  while (!signal.aborted) {
    try {
      if ((await work(() => (failures = 0))) === 'done') return;
    } catch (error) {
      if (signal.aborted && error === signal.reason) return;
      onTrouble(error);
      await alarm.pause(Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS));
      failures += 1;
    }
  }
}
