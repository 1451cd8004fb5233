import { Injectable } from '@nestjs/common';

/**
 * Lets commands to one case go one after the other within this process: each decides on what the one before has recorded,
 * instead of colliding with it at the store. Other processes are met by the expected revision.
 */
@Injectable()
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve();
    const mine = before.then(work, work);
    this.#last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    }
  }

  /** For the commands that touch two cases. One such command at a time, so that no two wait for each other. */
  takeBoth<T>(a: string, b: string, work: () => Promise<T>): Promise<T> {
    if (a === b) return this.take(a, work);
    return this.take('two cases', () => this.take(a, () => this.take(b, work)));
  }
}
