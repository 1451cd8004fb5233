import { type Kysely, sql } from 'kysely';
import type { Clock } from '../clock.js';
import { isPostgres } from '../database/dialect.js';
import { exclusively } from '../database/exclusively.js';
import { isForeign } from '../event-store/foreign-position.js';
import { isLockRefused } from '../database/postgres-failures.js';
import { showTables } from './views.js';
import { TableSet, type ReadModel, type ReadTransaction } from './read-model.js';
import type { GenerationRow, GenerationState, ProjectionTables } from './tables.js';

/** Its transactions do not overlap, in whatever process. */
const ALONE = 'generations';

/** The state of every read model's builds, and the steps from one state to the next, each in one transaction. */
export class Generations {
  constructor(
    private readonly database: Kysely<ProjectionTables>,
    private readonly clock: Clock,
  ) {}

  find(projection: string, states: readonly GenerationState[]): Promise<GenerationRow | undefined> {
    return inState(this.database, projection, states);
  }

  /**
   * Gives up builds that have read, or were to read, further than the store goes, or in the positions of another kind of
   * store: they were made from another store than this one, which was restored from a backup or replaced. True if there were any.
   */
  async retireForeign({ name }: ReadModel, headOf: () => Promise<string | undefined>): Promise<boolean> {
    const builds = [await this.find(name, ['live']), await this.find(name, ['building'])];
    // Asked for after the positions were read, since they follow it.
    const head = await headOf();
    const foreign = builds
      .filter((row) => row !== undefined)
      .filter(({ position, first_pass_to }) =>
        [position, first_pass_to].some((known) => known !== null && isForeign(known, head)),
      );
    if (foreign.length === 0) return false;
    await exclusively(this.database, ALONE, async (transaction) => {
      for (const row of foreign) await setState(transaction, row, 'retired');
    });
    return true;
  }

  /**
   * The generation to answer from, made if there is none that this code can read. `head` is where the store stands now.
   * Rows of an older version that still serve are kept, and a rebuild is asked for.
   */
  async live(model: ReadModel, head: string | undefined): Promise<GenerationRow> {
    const known = await this.find(model.name, ['live']);
    if (known?.version === model.version) return known;
    return exclusively(this.database, ALONE, async (transaction) => {
      const found = await lockedIn(transaction, model.name, ['live']);
      if (found && found.version >= model.compatibleFrom && found.version <= model.version) {
        if (found.version !== model.version) await this.#request(transaction, model.name, model.version);
        return found;
      }
      if (found) await setState(transaction, found, 'retired');
      const row = await this.#insert(transaction, model, 'live', head);
      await showTables(transaction, model.tables, new TableSet(row.generation));
      return row;
    });
  }

  /** Asks for a rebuild; one that is asked for or going on already is enough. */
  async request(projection: string): Promise<void> {
    await exclusively(this.database, ALONE, async (transaction) => {
      const live = await inState(transaction, projection, ['live']);
      await this.#request(transaction, projection, live?.version ?? 0);
    });
  }

  /** The build to go on with, begun if it was only asked for. `expected` is how many events there are to read, if known. */
  async coming(model: ReadModel, head: string | undefined): Promise<GenerationRow | undefined> {
    return exclusively(this.database, ALONE, async (transaction) => {
      const found = await lockedIn(transaction, model.name, ['requested', 'building']);
      if (!found || (found.state === 'building' && found.version === model.version)) return found;
      if (found.state === 'requested') await remove(transaction, 'projection_generations', found);
      // Begun by code of another version: its rows are of no use.
      else await setState(transaction, found, 'retired');
      const live = await inState(transaction, model.name, ['live']);
      return this.#insert(transaction, model, 'building', head, live?.events);
    });
  }

  /**
   * Puts the build in the place of the live one, if it is as far; the views show its rows from then on. `busy`: readers have
   * held on to the views for longer than others should have to wait behind this.
   */
  async swap(
    model: ReadModel,
    build: Pick<GenerationRow, 'generation' | 'step'>,
  ): Promise<'swapped' | 'behind' | 'busy' | 'superseded'> {
    try {
      return await exclusively(this.database, ALONE, async (transaction) => {
        const coming = await lockedIn(transaction, model.name, ['building']);
        const live = await lockedIn(transaction, model.name, ['live']);
        if (coming?.generation !== build.generation || coming.step !== build.step) return 'superseded';
        if (live && (live.position ?? '') > (coming.position ?? '')) return 'behind';
        if (live) await setState(transaction, live, 'retired');
        await setState(transaction, coming, 'live');
        await showTables(transaction, model.tables, new TableSet(coming.generation));
        return 'swapped';
      });
    } catch (error) {
      if (isLockRefused(error)) return 'busy';
      throw error;
    }
  }

  /**
   * Has PostgreSQL look into the tables of a build that has just been filled. It would do so by itself within minutes, and until
   * then plan queries as if it knew nothing of what is in them.
   */
  async survey({ tables }: ReadModel, { generation }: Pick<GenerationRow, 'generation'>): Promise<void> {
    if (!isPostgres(this.database)) return;
    const set = new TableSet(generation);
    for (const table of tables) {
      await this.database.transaction().execute(async (transaction) => {
        // It may take as long as it takes: nobody waits for it, and without it the build would never be put in its place.
        await sql`set local statement_timeout = 0`.execute(transaction);
        await sql`analyze ${sql.table(set.named(table))}`.execute(transaction);
      });
    }
  }

  /** Drops the tables of builds that were replaced. Apart from the swap, since emptying a big table takes its time. */
  async dropRetired(model: ReadModel): Promise<void> {
    const retired = await this.database
      .selectFrom('projection_generations')
      .select('generation')
      .where('projection', '=', model.name)
      .where('state', '=', 'retired')
      .execute();
    for (const { generation } of retired) {
      const set = new TableSet(generation);
      await exclusively(this.database, ALONE, async (transaction) => {
        await remove(transaction, 'parked', { projection: model.name, generation });
        await remove(transaction, 'projection_generations', { projection: model.name, generation });
        for (const table of model.tables) {
          await transaction.schema.dropTable(set.named(table)).ifExists().execute();
        }
      });
    }
  }

  async #request(transaction: ReadTransaction, projection: string, version: number): Promise<void> {
    if (await inState(transaction, projection, ['requested', 'building'])) return;
    const row = await this.#next(transaction, projection, version, 'requested');
    await transaction.insertInto('projection_generations').values(row).execute();
  }

  async #insert(
    transaction: ReadTransaction,
    model: ReadModel,
    state: GenerationState,
    head: string | undefined,
    expected?: number,
  ): Promise<GenerationRow> {
    const row = {
      ...(await this.#next(transaction, model.name, model.version, state)),
      first_pass_to: head ?? null,
      events_expected: expected ?? null,
    };
    await transaction.insertInto('projection_generations').values(row).execute();
    await model.createTables(transaction, new TableSet(row.generation));
    return row;
  }

  async #next(
    transaction: ReadTransaction,
    projection: string,
    version: number,
    state: GenerationState,
  ): Promise<GenerationRow> {
    const { last } = await transaction
      .selectFrom('projection_generations')
      .select((query) => query.fn.max('generation').as('last'))
      .where('projection', '=', projection)
      .executeTakeFirstOrThrow();
    const now = this.clock.now().toISOString();
    return {
      projection,
      generation: (last ?? 0) + 1,
      version,
      state,
      step: 0,
      position: null,
      first_pass_to: null,
      events: 0,
      events_expected: null,
      events_per_second: null,
      started_at: now,
      updated_at: now,
    };
  }
}

function rowsIn(database: Kysely<ProjectionTables>, projection: string, states: readonly GenerationState[]) {
  return database
    .selectFrom('projection_generations')
    .selectAll()
    .where('projection', '=', projection)
    .where('state', 'in', states);
}

const inState = (...asked: Parameters<typeof rowsIn>): Promise<GenerationRow | undefined> =>
  rowsIn(...asked).executeTakeFirst();

/** Until the end of the transaction no batch is committed to that build: its checkpoint is in this row. */
const lockedIn = (...asked: Parameters<typeof rowsIn>): Promise<GenerationRow | undefined> =>
  rowsIn(...asked)
    .$if(isPostgres(asked[0]), (rows) => rows.forUpdate())
    .executeTakeFirst();

async function setState(
  transaction: ReadTransaction,
  row: GenerationRow,
  state: GenerationState,
): Promise<void> {
  await transaction
    .updateTable('projection_generations')
    .set({ state, step: row.step + 1 })
    .where('projection', '=', row.projection)
    .where('generation', '=', row.generation)
    .execute();
}

async function remove(
  transaction: ReadTransaction,
  table: 'parked' | 'projection_generations',
  { projection, generation }: Pick<GenerationRow, 'projection' | 'generation'>,
): Promise<void> {
  await transaction
    .deleteFrom(table)
    .where('projection', '=', projection)
    .where('generation', '=', generation)
    .execute();
}
