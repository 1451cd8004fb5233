import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 20;

/** When events were acknowledged, and when a checkpoint was there that covers them. */
export class CheckpointLag {
  readonly times: number[] = [];
  readonly #waiting: number[] = [];
  #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  appended(): void {
    this.#waiting.push(performance.now());
  }

  signed(size: number): void {
    const now = performance.now();
    for (const at of this.#waiting.splice(0, size - this.#size)) this.times.push(now - at);
    this.#size = size;
  }

  async over(): Promise<void> {
    while (this.#waiting.length > 0) await pause(LOOK_EVERY_MS);
  }
}
