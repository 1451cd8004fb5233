import type { Kysely } from 'kysely';
import { validate as isUuid } from 'uuid';
import { Clock } from '../clock.js';
import { EventStore, type Position, type StoredEvent } from '../event-store/event-store.js';
import { HabeasError } from '../errors.js';
import { Arrivals } from './arrivals.js';
import { readModelBehind, unknownPosition } from './behind.js';
import { Generations } from './generations.js';
import { measureLag } from './lag.js';
import type { ProjectorNews } from './news.js';
import { progressOf } from './progress.js';
import type { GenerationRow, ParkedRow, ProjectionTables } from './tables.js';
import type { Lag, ProjectionStatus } from './status.js';

export interface ProjectionsParts {
  /** For reading. */
  reader: Kysely<ProjectionTables>;
  /** For the few things asked for here: a rebuild, another try. */
  writer: Kysely<ProjectionTables>;
  store: EventStore;
  clock: Clock;
  /** When an event was recorded, in RFC 3339. */
  recordedAt: (event: StoredEvent) => string;
  /** The read models, by name and the streams they read. */
  models: readonly { name: string; prefixes: readonly string[] }[];
  /** Wakes the projector, if it runs here; elsewhere it looks by itself. */
  nudge: () => void;
}

/** The read models seen from outside: how far they are, what is parked, and waiting for them. */
export class Projections {
  readonly #arrivals = new Map<string, Arrivals>();
  readonly #generations: Generations;

  constructor(private readonly parts: ProjectionsParts) {
    this.#generations = new Generations(parts.reader, parts.clock);
    for (const { name } of parts.models) this.#arrivals.set(name, new Arrivals());
  }

  /** For the news of a projector that runs in this process. */
  heard(news: ProjectorNews): void {
    if (news.kind === 'applied') this.#arrivals.get(news.projection)?.reached(news.position);
  }

  async status(): Promise<ProjectionStatus[]> {
    return Promise.all(this.parts.models.map((model) => this.#statusOf(model)));
  }

  /** Since the oldest event that is not applied yet was recorded; 0 if there is none, Infinity while there is no read model. */
  async lagSeconds(name: string): Promise<number> {
    const { prefixes } = this.#model(name);
    const live = await this.#generations.find(name, ['live']);
    return live ? (await this.#lag(prefixes, live.position ?? undefined, 1)).seconds : Infinity;
  }

  /** Asks for a rebuild beside the live tables; asking again while it goes on changes nothing. */
  async requestRebuild(name: string): Promise<void> {
    if (!this.#arrivals.has(name))
      throw new HabeasError('absent', 'unknown-projection', 'there is no such projection');
    await new Generations(this.parts.writer, this.parts.clock).request(name);
    this.parts.nudge();
  }

  /** What could not be applied, the latest first. */
  async parked(limit: number): Promise<ParkedRow[]> {
    return this.parts.reader
      .selectFrom('parked')
      .selectAll()
      .orderBy('last_seen', 'desc')
      .limit(limit)
      .execute();
  }

  /** Has it tried again now instead of when its time comes. */
  async retry(id: string): Promise<void> {
    if (!isUuid(id)) throw unknownParked();
    const { numUpdatedRows } = await this.parts.writer
      .updateTable('parked')
      .set({ retry_at: this.parts.clock.now().toISOString() })
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows === 0n) throw unknownParked();
    this.parts.nudge();
  }

  /** Resolves when the read model shows what was recorded up to the position; else refuses after the time given. */
  async waitFor(name: string, position: Position, withinMs: number): Promise<void> {
    const arrivals = this.#arrivals.get(name);
    if (!arrivals) throw new HabeasError('absent', 'unknown-projection', 'there is no such projection');
    if (arrivals.has(position)) return;
    const head = await this.parts.store.head();
    if (position > (head ?? '')) throw unknownPosition();
    this.parts.nudge();
    // The last event that it reads may stand before the position.
    const look = async () => ((await this.shows(name, position)) ? position : undefined);
    if (await arrivals.wait(position, withinMs, look)) return;
    throw readModelBehind('the read model has not got there yet');
  }

  /** True once the read model shows everything that was recorded up to the position. */
  async shows(name: string, position: Position): Promise<boolean> {
    const model = this.#model(name);
    const reached = await this.#reached(name);
    if (reached !== undefined && reached >= position) return true;
    // Behind the last event that matters to it, there may be others still.
    return (await this.#lag(model.prefixes, reached, 1)).events === 0;
  }

  /** Up to where the live rows of a read model go; undefined: nowhere yet. */
  position(name: string): Promise<Position | undefined> {
    return this.#reached(name);
  }

  #model(name: string): { name: string; prefixes: readonly string[] } {
    const model = this.parts.models.find((one) => one.name === name);
    if (!model) throw new HabeasError('absent', 'unknown-projection', 'there is no such projection');
    return model;
  }

  async #reached(name: string): Promise<Position | undefined> {
    return (await this.#generations.find(name, ['live']))?.position ?? undefined;
  }

  async #statusOf(model: { name: string; prefixes: readonly string[] }): Promise<ProjectionStatus> {
    const rows = await this.parts.reader
      .selectFrom('projection_generations')
      .selectAll()
      .where('projection', '=', model.name)
      .execute();
    const live = rows.find((row) => row.state === 'live');
    const coming = rows.find((row) => row.state === 'building' || row.state === 'requested');
    const { count } = await this.parts.reader
      .selectFrom('parked')
      .select((query) => query.fn.countAll<number>().as('count'))
      .where('projection', '=', model.name)
      .where('generation', '=', live?.generation ?? 0)
      .executeTakeFirstOrThrow();
    return {
      name: model.name,
      version: live?.version ?? null,
      position: live?.position ?? null,
      head: (await this.parts.store.head()) ?? null,
      lag: await this.#lag(model.prefixes, live?.position ?? undefined),
      parked: Number(count),
      updatedAt: live?.updated_at ?? null,
      rebuild: coming ? rebuildOf(coming) : null,
    };
  }

  #lag(prefixes: readonly string[], checkpoint: Position | undefined, countAtMost?: number): Promise<Lag> {
    const { store, clock, recordedAt } = this.parts;
    return measureLag({ store, prefixes, checkpoint, now: clock.now(), recordedAt, countAtMost });
  }
}

const unknownParked = (): HabeasError =>
  new HabeasError('absent', 'unknown-parked', 'nothing is parked under this id');

const rebuildOf = (row: GenerationRow): ProjectionStatus['rebuild'] => ({
  state: row.state === 'requested' ? 'requested' : 'building',
  startedAt: row.started_at,
  ...progressOf(row),
});
