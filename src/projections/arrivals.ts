import type { Position } from '../event-store/event-store.js';

const LOOK_EVERY_MS = 100;

interface Waiting {
  position: Position;
  arrived: () => void;
}

/** Lets callers wait until a read model has reached a position. */
export class Arrivals {
  #reached: Position = '';
  readonly #waiting = new Set<Waiting>();

  /** Called with news of the projector; positions may be told late or twice. */
  reached(position: Position): void {
    if (position <= this.#reached) return;
    this.#reached = position;
    for (const waiting of this.#waiting) if (waiting.position <= position) waiting.arrived();
  }

  has(position: Position): boolean {
    return position <= this.#reached;
  }

  /**
   * True once the position is reached, false after the time given. `look` is asked now and then as well, since the projector
   * may be another process, of which no news comes here.
   */
  async wait(
    position: Position,
    withinMs: number,
    look: () => Promise<Position | undefined>,
  ): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      this.reached((await look()) ?? '');
      if (this.has(position)) return true;
      const left = deadline - Date.now();
      if (left <= 0) return false;
      await this.#pause(position, Math.min(left, LOOK_EVERY_MS));
    }
  }

  #pause(position: Position, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        position,
        arrived: () => {
          clearTimeout(timer);
          this.#waiting.delete(waiting);
          resolve();
        },
      };
      const timer = setTimeout(waiting.arrived, ms);
      this.#waiting.add(waiting);
    });
  }
}
