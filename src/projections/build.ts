import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.js';
import { isPostgres } from '../database/dialect.js';
import type { StoredEvent } from '../event-store/event-store.js';
import type { Derived, Deriving } from './deriving.js';
import { describeFailure, isPassing } from './failures.js';
import { type Failure, park, unpark } from './parked.js';
import { TableSet, type ReadModel, type ReadTransaction } from './read-model.js';
import type { GenerationRow, ParkedRow, ProjectionTables } from './tables.js';

/** Somebody else has moved this build on, or replaced it: read its state again and go on from there. Nothing was written. */
export class Superseded extends Error {}

/** Big enough that a commit does not count, small enough that the few in hand at a time take little memory. */
export const EVENTS_A_BATCH = 1024;

/** A batch whose rows are worked out and not yet written. */
export interface PreparedBatch {
  events: readonly StoredEvent[];
  derived: readonly Derived[];
  /** Of each key, where it was met first. */
  positions: ReadonlyMap<string, string>;
}

/**
 * One build of a read model, as this process moves it on. A batch's rows, its parked keys and the checkpoint are one
 * transaction. Commits must not overlap; a batch may be prepared while another is committed.
 */
export class Build {
  readonly #set: TableSet;
  #state: GenerationRow;

  constructor(
    private readonly database: Kysely<ProjectionTables>,
    private readonly clock: Clock,
    private readonly model: ReadModel,
    private readonly deriving: Deriving,
    state: GenerationRow,
  ) {
    this.#state = state;
    this.#set = new TableSet(state.generation);
  }

  get state(): Readonly<GenerationRow> {
    return this.#state;
  }

  /** What was there when it was begun has not all been read yet. */
  get isInFirstPass(): boolean {
    return (this.#state.position ?? '') < (this.#state.first_pass_to ?? '');
  }

  /** True if this thread can do something else while a batch is being committed. */
  get isWrittenElsewhere(): boolean {
    return isPostgres(this.database);
  }

  /** Works out the rows that a batch touches. Rejects for failures that pass only. */
  async prepare(events: readonly StoredEvent[], deriving: Deriving = this.deriving): Promise<PreparedBatch> {
    const positions = new Map<string, string>();
    for (const event of events) {
      if (!this.#matters(event)) continue;
      for (const key of this.model.touched(event))
        if (!positions.has(key)) positions.set(key, event.position);
    }
    return { events, positions, derived: await deriving.derive([...positions.keys()]) };
  }

  /** Writes a prepared batch and gives what had to be parked. Throws for failures that pass, and `Superseded`. */
  async commit(batch: PreparedBatch, eventsPerSecond: number | null = null): Promise<ParkedRow[]> {
    const { position, events } = this.#state;
    const before = position ?? '';
    const reached = batch.events.reduce(
      (last, event) => (event.position > last ? event.position : last),
      before,
    );
    return this.#write(batch, {
      position: reached === '' ? null : reached,
      events: events + batch.events.filter((event) => event.position > before).length,
      events_per_second: eventsPerSecond,
    });
  }

  async apply(events: readonly StoredEvent[]): Promise<ParkedRow[]> {
    return this.commit(await this.prepare(events));
  }

  /** Derives parked keys once more. The checkpoint stays where it is. */
  async retry(parked: readonly ParkedRow[]): Promise<ParkedRow[]> {
    const positions = new Map(parked.map((row) => [row.key, row.position]));
    const derived = await this.deriving.derive([...positions.keys()]);
    return this.#write({ events: [], positions, derived }, {});
  }

  /** Notes how many events the first pass will read. */
  async expect(events: number): Promise<void> {
    await this.#write({ events: [], positions: new Map(), derived: [] }, { events_expected: events });
  }

  /** From now on every event counts. */
  async completeFirstPass(): Promise<void> {
    await this.#write({ events: [], positions: new Map(), derived: [] }, { first_pass_to: null });
  }

  /** In the first pass a key is derived once, from the whole of its streams; later facts of them would only repeat that. */
  #matters(event: StoredEvent): boolean {
    return event.revision === 0 || event.position > (this.#state.first_pass_to ?? '');
  }

  async #write({ derived, positions }: PreparedBatch, moved: Partial<GenerationRow>): Promise<ParkedRow[]> {
    const now = this.clock.now();
    const next = { ...this.#state, ...moved, step: this.#state.step + 1, updated_at: now.toISOString() };
    const parked = await this.database.transaction().execute(async (transaction) => {
      await this.#advance(transaction, next);
      const failed = [
        ...derived.flatMap(({ key, failure }) => (failure ? [{ key, ...failure }] : [])),
        ...(await this.#put(
          transaction,
          derived.filter(({ failure }) => !failure),
        )),
      ];
      const failedKeys = new Set(failed.map(({ key }) => key));
      const place = { projection: next.projection, generation: next.generation };
      await unpark(
        transaction,
        place,
        derived.flatMap(({ key }) => (failedKeys.has(key) ? [] : [key])),
      );
      const rows: ParkedRow[] = [];
      for (const failure of failed) {
        const position = positions.get(failure.key) ?? '';
        rows.push(await park(transaction, place, { ...failure, position }, now));
      }
      return rows;
    });
    this.#state = next;
    return parked;
  }

  /** Moves the checkpoint, first of all, so that of two processes with the same batch only one writes its rows. */
  async #advance(transaction: ReadTransaction, next: GenerationRow): Promise<void> {
    const { numUpdatedRows } = await transaction
      .updateTable('projection_generations')
      .set(next)
      .where('projection', '=', next.projection)
      .where('generation', '=', next.generation)
      .where('step', '=', next.step - 1)
      .executeTakeFirstOrThrow();
    if (numUpdatedRows !== 1n) throw new Superseded();
  }

  /** Writes all rows together; if the database will not take some of them, one by one, to find out which. */
  async #put(
    transaction: ReadTransaction,
    derived: readonly Derived[],
  ): Promise<Omit<Failure, 'position'>[]> {
    if (derived.length === 0) return [];
    const error = await this.#attempt(transaction, derived);
    if (error === undefined) return [];
    const [only, ...others] = derived;
    if (only && others.length === 0) return [{ key: only.key, ...describeFailure(error) }];
    const failures: Omit<Failure, 'position'>[] = [];
    for (const one of derived) failures.push(...(await this.#put(transaction, [one])));
    return failures;
  }

  /** The error for which the database would not take the rows; undefined if it did. */
  async #attempt(transaction: ReadTransaction, derived: readonly Derived[]): Promise<unknown> {
    await sql`savepoint rows`.execute(transaction);
    try {
      const rows = derived.flatMap((one) => (one.failure ? [] : [one.rows]));
      await this.model.write(transaction, this.#set, rows);
    } catch (error) {
      if (isPassing(error)) throw error;
      await sql`rollback to savepoint rows`.execute(transaction);
      return error;
    }
    await sql`release savepoint rows`.execute(transaction);
    return undefined;
  }
}
