import type { ChildService } from '../../support/installation.js';
import { isLiving, type Member } from './members.js';

/** Of a line of the log. */
const ERROR = 50;
const MOST_STARTS = 5;

interface Place {
  name: string;
  service: ChildService | undefined;
}

/** API processes that are killed, and started again at once. */
export class Fleet {
  readonly #places: readonly Place[];
  readonly #started: ChildService[] = [];
  readonly #restarts: Promise<void>[] = [];

  private constructor(
    names: readonly string[],
    private readonly start: (name: string) => Promise<ChildService>,
  ) {
    this.#places = names.map((name) => ({ name, service: undefined }));
  }

  static async of(names: readonly string[], start: (name: string) => Promise<ChildService>): Promise<Fleet> {
    const fleet = new Fleet(names, start);
    await Promise.all(fleet.#places.map((place) => fleet.#start(place)));
    return fleet;
  }

  get members(): readonly Member[] {
    return this.#places;
  }

  get kills(): number {
    return this.#restarts.length;
  }

  /** What any of them, the killed ones as well, has logged as an error: somebody would have to act. */
  get errorsLogged(): Record<string, unknown>[] {
    return this.#started.flatMap((service) => service.log()).filter(({ level }) => Number(level) >= ERROR);
  }

  /** Kills any one, as `kill -9` does. False if no more than half of them are there. */
  killOne(random: () => number): boolean {
    const living = this.#places.filter(isLiving);
    const place = living[Math.floor(random() * living.length)];
    if (!place || living.length * 2 <= this.#places.length) return false;
    const again = this.#killAndStart(place);
    again.catch(() => undefined);
    this.#restarts.push(again);
    return true;
  }

  /** Rejects if one could not be started again. */
  async allThere(): Promise<void> {
    await Promise.all(this.#restarts);
  }

  async #killAndStart(place: Place): Promise<void> {
    const killed = place.service;
    place.service = undefined;
    await killed?.kill('SIGKILL');
    await this.#start(place);
  }

  /** What does not come up at once, because the machine is busy, is started again, as whatever looks after it would do. */
  async #start(place: Place): Promise<void> {
    for (let attempt = 1; !place.service; attempt += 1) {
      try {
        place.service = await this.start(place.name);
        this.#started.push(place.service);
      } catch (error) {
        if (attempt === MOST_STARTS) throw error;
      }
    }
  }
}
