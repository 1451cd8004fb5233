import type { Kysely } from 'kysely';
import type { Clock } from '../clock.js';
import type { EventStore } from '../event-store/event-store.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { describeFailure } from './failures.js';
import { Generations } from './generations.js';
import type { ProjectorNews } from './news.js';
import type { ReadModel } from './read-model.js';
import { Alarm, supervise } from './supervise.js';
import type { ProjectionTables } from './tables.js';
import { Upkeep } from './upkeep.js';

const LOOK_EVERY_MS = 1000;
const LOOK_FOR_TABLES_EVERY_MS = 100;

/**
 * Waits until it is this process's turn to do the work of that name, and does it. `held` ends with the turn. Resolves when the
 * work is done or the signal is given; rejects if the turn was taken away, and may be asked again.
 */
export type TakeTurn = (
  name: string,
  signal: AbortSignal,
  work: (held: AbortSignal) => Promise<void>,
) => Promise<void>;

export interface ProjectorParts {
  /** Its own connection, for writing. */
  database: Kysely<ProjectionTables>;
  store: EventStore;
  clock: Clock;
  models: readonly ReadModel[];
  /** Gives what derives many keys of a model at a time; without it this thread does. */
  deriving?: (model: ReadModel) => Deriving;
  /**
   * Sees to it that of several processes one works on a read model; without it there is only this one. Two at a time would do no
   * harm (whoever commits must have seen the last commit), and twice the work.
   */
  takeTurn?: TakeTurn;
  tell?: (news: ProjectorNews) => void;
  /** How often it looks for rebuilds asked for and parked keys that are due, when nobody nudges it. */
  lookEveryMs?: number;
}

/**
 * Keeps read models up with the event store, rebuilds them when asked to and tries again what was parked. It never stops by
 * itself: what fails is told and tried again. What it is asked to do stands in the database, so that any process can ask.
 */
export class Projector {
  readonly #end = new AbortController();
  readonly #generations: Generations;
  readonly #upkeeps = new Map<string, Upkeep>();
  readonly #loops: Promise<void>[] = [];

  constructor(private readonly parts: ProjectorParts) {
    this.#generations = new Generations(parts.database, parts.clock);
  }

  /** Resolves when every read model has tables to answer from, from here or from elsewhere; catching up then goes on by itself. */
  async start(): Promise<void> {
    const { models, takeTurn } = this.parts;
    const signal = this.#end.signal;
    try {
      for (const model of models) {
        const deriving = this.parts.deriving?.(model) ?? new DerivingHere(model);
        if (takeTurn) {
          this.#loops.push(this.#inTurn(model, deriving, takeTurn));
          await this.#tablesOf(model);
        } else {
          await this.#prepare(model);
          this.#loops.push(this.#keepUp(model, deriving, signal));
        }
      }
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  /** Makes it look at once for new events, which it may otherwise notice a little later, and for what it has been asked to do. */
  nudge(): void {
    for (const upkeep of this.#upkeeps.values()) upkeep.nudge();
  }

  /** Resolves when the batches in hand are committed. */
  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#loops);
  }

  /** Sees to it that there are tables to answer from, and that they are of this store. */
  async #prepare(model: ReadModel): Promise<void> {
    const { store } = this.parts;
    if (await this.#generations.retireForeign(model, () => store.head())) {
      this.#trouble(
        model,
        'starting',
        'the store ends before what the read model has read: it is built anew',
      );
    }
    await this.#generations.live(model, await store.head());
  }

  async #keepUp(model: ReadModel, deriving: Deriving, signal: AbortSignal): Promise<void> {
    const { database, store, clock, tell = () => undefined, lookEveryMs = LOOK_EVERY_MS } = this.parts;
    const parts = { database, store, clock, generations: this.#generations, deriving, tell, signal };
    const upkeep = new Upkeep(model, parts, lookEveryMs);
    this.#upkeeps.set(model.name, upkeep);
    await upkeep.run();
    this.#upkeeps.delete(model.name);
  }

  #inTurn(model: ReadModel, deriving: Deriving, takeTurn: TakeTurn): Promise<void> {
    const projection = model.name;
    const turn = async (held: AbortSignal, success: () => void): Promise<void> => {
      await this.#prepare(model);
      success();
      this.parts.tell?.({ kind: 'turn', projection, begins: true });
      await this.#keepUp(model, deriving, held);
      this.parts.tell?.({ kind: 'turn', projection, begins: false });
    };
    return supervise(
      async (success) => {
        await takeTurn(projection, this.#end.signal, (held) => turn(held, success));
        return 'again';
      },
      {
        signal: this.#end.signal,
        onTrouble: (error) => {
          const { code, message } = describeFailure(error);
          this.#trouble(model, 'taking turns', `${code}: ${message}`);
        },
      },
    );
  }

  /** Whoever has the turn makes them. */
  async #tablesOf({ name }: ReadModel): Promise<void> {
    const { signal } = this.#end;
    const alarm = new Alarm(signal);
    while (!signal.aborted && !(await this.#generations.find(name, ['live']))) {
      await alarm.pause(LOOK_FOR_TABLES_EVERY_MS);
    }
  }

  #trouble({ name }: ReadModel, doing: string, message: string): void {
    this.parts.tell?.({ kind: 'trouble', projection: name, doing, message });
  }
}
