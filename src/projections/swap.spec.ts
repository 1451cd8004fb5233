import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { DATABASES, freshSchema, type FreshDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { BulkInsert } from '../database/bulk-insert.js';
import { migrate } from '../database/migrate.js';
import { Generations } from './generations.js';
import { ReadModel, type ReadTransaction, TableSet } from './read-model.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from './tables.js';

const SWAPS = 20;
const ROWS = 50;
const INSERT = new BulkInsert<{ id: number; build: number }>({ id: 'integer', build: 'integer' });
const TABLES = ['boxes', 'lids', 'labels'] as const;

/** Three tables, of which every row says which build it belongs to. */
class Crates extends ReadModel {
  override readonly name = 'crates';
  override readonly version = 1;
  override readonly compatibleFrom = 1;
  override readonly prefixes = ['crate-'];
  override readonly tables = TABLES;

  override async createTables(transaction: ReadTransaction, set: TableSet): Promise<void> {
    for (const table of TABLES) {
      await transaction.schema
        .createTable(set.named(table))
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('build', 'integer', (column) => column.notNull())
        .execute();
    }
  }

  override touched(): string[] {
    return [];
  }

  override async derive(): Promise<null> {
    return null;
  }

  override async write(transaction: ReadTransaction, set: TableSet): Promise<void> {
    const { generation } = set;
    for (const table of TABLES) {
      const rows = Array.from({ length: ROWS }, (_, n) => ({ id: n + 1, build: generation }));
      await INSERT.into(transaction, set.named(table), rows);
    }
  }
}

const READS: Record<string, RawBuilder<{ build: number }>> = {
  'one table': sql`select build from lids`,
  'several tables, the first first': sql`
    select boxes.build from boxes join (select * from labels) as labels on labels.id = boxes.id
    union all select build from lids
    union all select build from labels where id in (select id from boxes)`,
};

describe.each(DATABASES)('a build that takes the place of another, on %s', (_, fresh) => {
  const model = new Crates();
  let place: FreshDatabase;
  let database: Kysely<ProjectionTables>;
  let generations: Generations;

  beforeEach(async () => {
    place = await fresh();
    database = place.open<ProjectionTables>({ durability: 'derived' });
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    generations = new Generations(database, new FixedClock());
    const live = await generations.live(model, undefined);
    await fill(live.generation);
  });
  afterEach(() => place.remove());

  const fill = (generation: number) =>
    database.transaction().execute((transaction) => model.write(transaction, new TableSet(generation)));

  const swap = async (): Promise<void> => {
    await generations.request(model.name);
    const coming = await generations.coming(model, undefined);
    if (!coming) throw new Error('nothing is coming');
    await fill(coming.generation);
    let outcome = await generations.swap(model, coming);
    while (outcome === 'busy') outcome = await generations.swap(model, coming);
    expect(outcome).toBe('swapped');
    await generations.dropRetired(model);
    await setImmediate();
  };

  it.each(Object.entries(READS))(
    'is seen whole or not at all, and nobody is refused: %s',
    async (_, read) => {
      const seen = new Set<number>();
      let swapped = false;
      const readAgainAndAgain = async (): Promise<void> => {
        const reader = place.open<ProjectionTables>({ readOnly: true });
        while (!swapped) {
          const { rows } = await read.execute(reader);
          const builds = new Set(rows.map(({ build }) => build));
          expect(rows.length % ROWS).toBe(0);
          expect(rows.length).toBeGreaterThan(0);
          expect(builds.size).toBe(1);
          for (const build of builds) seen.add(build);
          // The embedded database answers at once, and everybody is to have a turn.
          await setImmediate();
        }
      };
      const readers = Promise.all(Array.from({ length: 4 }, readAgainAndAgain));
      try {
        for (let done = 0; done < SWAPS; done += 1) await swap();
      } finally {
        swapped = true;
        await readers;
      }
      expect(Math.max(...seen)).toBeLessThanOrEqual(SWAPS + 1);
      expect(seen.size).toBeGreaterThan(1);
    },
  );

  it('is not that of another process’s at the same time: one of two is put in place', async () => {
    await generations.request(model.name);
    const elsewhere = new Generations(place.open<ProjectionTables>(), new FixedClock());
    const coming = await generations.coming(model, undefined);
    if (!coming) throw new Error('nothing is coming');
    const first = await generations.swap(model, coming);
    expect([first, await elsewhere.swap(model, coming)]).toEqual(['swapped', 'superseded']);
  });
});

it('gives way to a reader that has one table and asks for another, on PostgreSQL', async () => {
  const model = new Crates();
  const place = await freshSchema();
  const database = place.open<ProjectionTables>();
  await migrate(database, 'projections', PROJECTION_MIGRATIONS);
  const generations = new Generations(database, new FixedClock());
  await generations.live(model, undefined);
  await generations.request(model.name);
  const coming = await generations.coming(model, undefined);
  if (!coming) throw new Error('nothing is coming');
  const waits = () =>
    sql`select 1 from pg_locks where not granted and relation = 'labels'::regclass`.execute(database);

  const reader = place.open<ProjectionTables>({ readOnly: true });
  const first = await reader.transaction().execute(async (transaction) => {
    await sql`select * from labels`.execute(transaction);
    const swapping = generations.swap(model, coming);
    await eventually(async () => expect((await waits()).rows).toHaveLength(1));
    // It has this one, and waits for the other: one of the two has to give way.
    await sql`select * from boxes`.execute(transaction);
    return swapping;
  });
  expect([first, await generations.swap(model, coming)]).toEqual(['busy', 'swapped']);
  await place.remove();
});
