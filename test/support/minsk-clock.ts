import { SystemClock } from '../../src/clock.js';

/** The clock of the service with hands that a test moves: which day an instant falls on in Minsk is still its own business. */
export class MinskClock extends SystemClock {
  #instant: Date;

  constructor(instant: string) {
    super('Europe/Minsk');
    this.#instant = new Date(instant);
  }

  override now(): Date {
    return this.#instant;
  }

  set(instant: string): void {
    this.#instant = new Date(instant);
  }

  forward(seconds: number): void {
    this.#instant = new Date(this.#instant.getTime() + seconds * 1000);
  }
}
