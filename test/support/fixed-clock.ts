import { Clock } from '../../src/clock.js';

/** A clock that stands still until a test moves it. */
export class FixedClock extends Clock {
  /** What it was asked to wait for, in milliseconds. */
  readonly waits: number[] = [];

  constructor(private instant = '2020-01-27T10:00:00.000Z') {
    super();
  }

  override now(): Date {
    return new Date(this.instant);
  }

  override today(): string {
    return this.instant.slice(0, 10);
  }

  /** No time passes here by itself, so nobody is kept. */
  override async wait(ms: number): Promise<void> {
    this.waits.push(ms);
  }

  set(instant: string): void {
    this.instant = instant;
  }

  forward(seconds: number): void {
    this.instant = new Date(Date.parse(this.instant) + seconds * 1000).toISOString();
  }
}
