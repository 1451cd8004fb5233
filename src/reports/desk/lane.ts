import { HabeasError } from '../../errors.js';

const COME_BACK_AFTER_SECONDS = 10;

/** Work that takes a core for itself: one piece at a time, a few in line, and whoever comes then is sent away. */
export class Lane {
  #last: Promise<unknown> = Promise.resolve();
  #inHand = 0;

  constructor(private readonly mostInHand: number) {}

  /** Throws `reports-busy` at once if the line is full. */
  take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inHand === this.mostInHand) throw busy();
    this.#inHand += 1;
    const turn = this.#last.then(work);
    this.#last = turn
      .catch(() => undefined)
      .finally(() => {
        this.#inHand -= 1;
      });
    return turn;
  }
}

const busy = (): HabeasError =>
  new HabeasError('unavailable', 'reports-busy', 'too many reports are being made at the moment', {
    retryAfterSeconds: COME_BACK_AFTER_SECONDS,
  });
