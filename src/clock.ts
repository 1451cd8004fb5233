import { setTimeout as pause } from 'node:timers/promises';

/** The only place that asks what time it is, or lets some pass. Tests hand in a clock of their own. */
export abstract class Clock {
  abstract now(): Date;
  /** Today's date in the jurisdiction's zone, as YYYY-MM-DD; or the fixed date of HABEAS_TODAY. */
  abstract today(): string;
  /** Resolves after so long, or at once when the signal is aborted; never rejects. */
  abstract wait(ms: number, signal: AbortSignal): Promise<void>;
}

export class SystemClock extends Clock {
  readonly #format: Intl.DateTimeFormat;

  constructor(
    timeZone: string,
    private readonly fixedToday?: string,
  ) {
    super();
    // The Swedish locale writes dates as ISO 8601 does.
    this.#format = new Intl.DateTimeFormat('sv-SE', { timeZone });
  }

  override now(): Date {
    return new Date();
  }

  override today(): string {
    return this.fixedToday ?? this.#format.format(this.now());
  }

  override async wait(ms: number, signal: AbortSignal): Promise<void> {
    await pause(ms, undefined, { signal }).catch(() => undefined);
  }
}
