import { setImmediate } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { isPassing } from './failures.js';
import { type Failure, park, unpark } from './parked.js';
import { TableSet, type ReadModel, type ReadTransaction } from './read-model.js';
import type { GenerationRow, ParkedRow, ProjectionTables } from './tables.js';

/** Somebody else has moved this build on, or replaced it: read its state again and go on from there. Nothing was written. */
export class Superseded extends Error {}

/** Big enough that the fsync of a commit does not count, small enough that a batch fits in memory many times over. */
export const EVENTS_A_BATCH = 4096;

/** How many keys are read from the store at a time; it hides the way to a store that is not on this machine. */
const READ_AT_ONCE = 16;

interface Derived {
  key: string;
  rows: unknown;
}

/**
 * One build of a read model, as this process moves it on. A batch's rows, its parked keys and the checkpoint are one
 * transaction. Calls must not overlap.
 */
export class Build {
  readonly set: TableSet;
  #state: GenerationRow;

  constructor(
    private readonly database: Kysely<ProjectionTables>,
    private readonly clock: Clock,
    private readonly model: ReadModel,
    state: GenerationRow,
  ) {
    this.#state = state;
    this.set = new TableSet(state.generation);
  }

  get state(): Readonly<GenerationRow> {
    return this.#state;
  }

  /** Applies a batch and gives what had to be parked. Throws only for failures that pass, and `Superseded`. */
  async apply(batch: readonly StoredEvent[], eventsPerSecond: number | null = null): Promise<ParkedRow[]> {
    const keys = new Map<string, string>();
    for (const event of batch) {
      if (!this.#matters(event)) continue;
      for (const key of this.model.touched(event)) if (!keys.has(key)) keys.set(key, event.position);
    }
    const state = this.#state;
    const reached = batch.reduce(
      (last, event) => (event.position > last ? event.position : last),
      state.position ?? '',
    );
    const fresh = batch.filter((event) => event.position > (state.position ?? '')).length;
    return this.#settle(keys, {
      position: reached === '' ? null : reached,
      events: state.events + fresh,
      events_per_second: eventsPerSecond,
    });
  }

  /** Derives parked keys once more. The checkpoint stays where it is. */
  async retry(parked: readonly ParkedRow[]): Promise<ParkedRow[]> {
    return this.#settle(new Map(parked.map((row) => [row.key, row.position])), {});
  }

  /** Notes how many events the first pass will read. */
  async expect(events: number): Promise<void> {
    await this.#settle(new Map(), { events_expected: events });
  }

  /** In the first pass a key is derived once, from the whole of its streams; later facts of them would only repeat that. */
  #matters(event: StoredEvent): boolean {
    return event.revision === 0 || event.position > (this.#state.first_pass_to ?? '');
  }

  async #settle(keys: ReadonlyMap<string, string>, moved: Partial<GenerationRow>): Promise<ParkedRow[]> {
    const { derived, failures } = await this.#derive(keys);
    const now = this.clock.now();
    const next = { ...this.#state, ...moved, step: this.#state.step + 1, updated_at: now.toISOString() };
    const parked = await this.database.transaction().execute(async (transaction) => {
      await this.#advance(transaction, next);
      const refused = await this.#write(transaction, derived, keys);
      const failed = [...failures, ...refused];
      const applied = new Set(keys.keys());
      for (const failure of failed) applied.delete(failure.key);
      await unpark(transaction, next, applied);
      return Promise.all(failed.map((failure) => park(transaction, placeOf(next), failure, now)));
    });
    this.#state = next;
    return parked;
  }

  async #derive(keys: ReadonlyMap<string, string>): Promise<{ derived: Derived[]; failures: Failure[] }> {
    const derived: Derived[] = [];
    const failures: Failure[] = [];
    const deriveOne = async ([key, position]: [string, string]): Promise<void> => {
      try {
        derived.push({ key, rows: await this.model.derive(key) });
      } catch (error) {
        if (isPassing(error)) throw error;
        failures.push({ key, position, error });
      }
    };
    const waiting = [...keys];
    for (let from = 0; from < waiting.length; from += READ_AT_ONCE) {
      // The embedded store answers at once, and a long batch would keep everything else in this thread from its turn.
      if (from > 0) await setImmediate();
      await Promise.all(waiting.slice(from, from + READ_AT_ONCE).map(deriveOne));
    }
    return { derived, failures };
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
  async #write(
    transaction: ReadTransaction,
    derived: readonly Derived[],
    positions: ReadonlyMap<string, string>,
  ): Promise<Failure[]> {
    if (derived.length === 0) return [];
    const error = await this.#attempt(transaction, derived);
    if (error === undefined) return [];
    if (derived.length === 1) {
      return derived.map(({ key }) => ({ key, position: positions.get(key) ?? '', error }));
    }
    const failures: Failure[] = [];
    for (const one of derived) failures.push(...(await this.#write(transaction, [one], positions)));
    return failures;
  }

  async #attempt(transaction: ReadTransaction, derived: readonly Derived[]): Promise<unknown> {
    await sql`savepoint rows`.execute(transaction);
    try {
      await this.model.write(
        transaction,
        this.set,
        derived.map(({ rows }) => rows),
      );
    } catch (error) {
      if (isPassing(error)) throw error;
      await sql`rollback to savepoint rows`.execute(transaction);
      return error;
    }
    await sql`release savepoint rows`.execute(transaction);
    return undefined;
  }
}

const placeOf = ({ projection, generation }: GenerationRow) => ({ projection, generation });
