import type { Kysely } from 'kysely';
import type { EventStore } from '../../src/event-store/event-store.js';
import { CASES } from '../../src/cases/read-models/case-read-model.js';
import { Generations } from '../../src/projections/generations.js';
import type { ProjectorHost } from '../../src/projections/projector-host.js';
import type { ProjectionTables } from '../../src/projections/tables.js';
import { openProjector, prepareReadDatabase } from '../../src/projector.js';
import type { FreshDatabase } from './databases.js';
import { eventually } from './eventually.js';
import { FixedClock } from './fixed-clock.js';
import { keptRows, type KeptRows } from './kept-rows.js';

/** The service's projector at work, on a store and on tables that a test has chosen. */
export class Projecting {
  readonly #database: Kysely<ProjectionTables>;
  readonly #generations: Generations;
  readonly #clock = new FixedClock();
  readonly #projector: ProjectorHost;

  private constructor(
    private readonly store: EventStore,
    private readonly place: FreshDatabase,
  ) {
    this.#database = place.open();
    this.#generations = new Generations(this.#database, this.#clock);
    const { location: readModels } = place;
    this.#projector = openProjector({ readModels, store, clock: this.#clock, tell: () => undefined });
  }

  static async begin(store: EventStore, place: FreshDatabase): Promise<Projecting> {
    await prepareReadDatabase(place.location);
    const projecting = new Projecting(store, place);
    await projecting.#projector.start();
    return projecting;
  }

  async rows(): Promise<KeptRows> {
    return keptRows(this.#database);
  }

  /** Makes it begin anew from its checkpoint, as it would after an end. */
  interrupt(): void {
    this.#projector.nudge();
  }

  /** The checkpoint stands at the event that is the last one now. */
  async caughtUp(): Promise<void> {
    const head = await this.store.head();
    await eventually(async () => (await this.#generations.find(CASES, ['live']))?.position === head);
  }

  async rebuilt(): Promise<void> {
    const before = await this.#generations.find(CASES, ['live']);
    await this.#generations.request(CASES);
    this.#projector.nudge();
    await eventually(async () => {
      const live = await this.#generations.find(CASES, ['live']);
      return live !== undefined && live.generation > (before?.generation ?? 0);
    });
  }

  /** Ends it, and takes its tables away. */
  async end(): Promise<void> {
    await this.#projector.stop();
    await this.place.remove();
  }
}
