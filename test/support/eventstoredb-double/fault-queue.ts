/** Faults that wait for the calls that they spoil, first come first served. */
export class FaultQueue<T> {
  #waiting: { fault: T; times: number }[] = [];

  /** Spoils the next calls in this way; Infinity: all until `clear`. */
  next(fault: T, times = 1): void {
    this.#waiting.push({ fault, times });
  }

  take(suits: (fault: T) => boolean = () => true): T | undefined {
    const found = this.#waiting.find(({ fault }) => suits(fault));
    if (!found) return undefined;
    found.times -= 1;
    if (found.times <= 0) this.#waiting = this.#waiting.filter((entry) => entry !== found);
    return found.fault;
  }

  /** How many calls are still to be spoilt. */
  get left(): number {
    return this.#waiting.reduce((sum, { times }) => sum + times, 0);
  }

  clear(): void {
    this.#waiting = [];
  }
}
