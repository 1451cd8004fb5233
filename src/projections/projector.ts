import type { Kysely } from 'kysely';
import type { Clock } from '../clock.js';
import type { EventStore } from '../event-store/event-store.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { describeFailure } from './failures.js';
import { Generations } from './generations.js';
import { LiveRunner, type RunnerParts } from './live-runner.js';
import type { ProjectorNews } from './news.js';
import type { ReadModel } from './read-model.js';
import { Rebuild } from './rebuild.js';
import { Alarm, supervise } from './supervise.js';
import type { ProjectionTables } from './tables.js';

const LOOK_EVERY_MS = 1000;

export interface ProjectorParts {
  /** Its own connection, for writing. */
  database: Kysely<ProjectionTables>;
  store: EventStore;
  clock: Clock;
  models: readonly ReadModel[];
  /** Gives what derives many keys of a model at a time; without it this thread does. */
  deriving?: (model: ReadModel) => Deriving;
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
  readonly #alarms: Alarm[] = [];
  readonly #live: LiveRunner[] = [];
  readonly #deriving: Deriving[] = [];
  #loops: Promise<void>[] = [];

  constructor(private readonly parts: ProjectorParts) {}

  /** Resolves when every read model has tables to answer from; catching up then goes on by itself. */
  async start(): Promise<void> {
    const { database, store, clock, models, tell = () => undefined } = this.parts;
    const generations = new Generations(database, clock);
    const signal = this.#end.signal;
    for (const model of models) {
      if (await generations.retireForeign(model, () => store.head())) {
        const message = 'the store ends before what the read model has read: it is built anew';
        tell({ kind: 'trouble', projection: model.name, doing: 'starting', message });
      }
      await generations.live(model, await store.head());
    }
    this.#loops = models.flatMap((model) => {
      const deriving = this.parts.deriving?.(model) ?? new DerivingHere(model);
      this.#deriving.push(deriving);
      return this.#follow(model, { database, store, clock, generations, deriving, tell, signal });
    });
  }

  /** Makes it look at once for new events, which it may otherwise notice a little later, and for what it has been asked to do. */
  nudge(): void {
    for (const live of this.#live) live.interrupt();
    for (const alarm of this.#alarms) alarm.wake();
  }

  /** Resolves when the batches in hand are committed. */
  async stop(): Promise<void> {
    this.#end.abort();
    await Promise.all(this.#loops);
    await Promise.all(this.#deriving.map((deriving) => deriving.close()));
  }

  #follow(model: ReadModel, parts: RunnerParts): Promise<void>[] {
    const live = new LiveRunner(model, parts);
    this.#live.push(live);
    const rebuild = new Rebuild(model, parts);
    const supervised = (doing: string, work: (success: () => void) => Promise<'again'>) =>
      supervise(work, {
        signal: parts.signal,
        onTrouble: (error) => {
          const { code, message } = describeFailure(error);
          parts.tell({ kind: 'trouble', projection: model.name, doing, message: `${code}: ${message}` });
        },
      });
    const nowAndThen = (doing: string, work: (success: () => void) => Promise<void>) => {
      const alarm = new Alarm(parts.signal);
      this.#alarms.push(alarm);
      return supervised(doing, async (success) => {
        await work(success);
        await alarm.pause(this.parts.lookEveryMs ?? LOOK_EVERY_MS);
        return 'again';
      });
    };
    return [
      supervised('following', (success) => live.follow(success)),
      nowAndThen('rebuilding', async (success) => {
        if (await rebuild.run(success)) live.interrupt();
      }),
      nowAndThen('retrying', () => live.retryParked()),
    ];
  }
}
