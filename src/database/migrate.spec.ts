import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { DATABASES, freshSchema, type FreshDatabase } from '../../test/support/databases.js';
import { migrate } from './migrate.js';
import { openDatabaseAt, type DatabaseLocation } from './open-database.js';

interface Tables {
  boxes: { id: number };
  lids: { id: number };
}

const creating = (...tables: string[]): Migration => ({
  async up(database: Kysely<unknown>) {
    for (const table of tables) await database.schema.createTable(table).addColumn('id', 'integer').execute();
  },
});

describe.each(DATABASES)('bringing tables up to date, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let database: Kysely<Tables>;

  beforeEach(async () => {
    place = await fresh();
    database = place.open<Tables>();
  });
  afterEach(() => place.remove());

  it('runs what has not run yet, once', async () => {
    await migrate(database, 'store', { '001': creating('boxes') });
    await migrate(database, 'store', { '001': creating('boxes'), '002': creating('lids') });
    expect(await database.selectFrom('lids').selectAll().execute()).toEqual([]);
  });

  it('leaves nothing behind of a migration that fails half-way', async () => {
    await expect(migrate(database, 'store', { '001': creating('boxes', 'boxes') })).rejects.toThrow(
      /store.*001/,
    );
    await migrate(database, 'store', { '001': creating('boxes') });
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([]);
  });

  it('lets two rooms share a database', async () => {
    await migrate(database, 'boxes', { '001': creating('boxes') });
    await migrate(database, 'lids', { '001': creating('lids') });
    expect(await database.selectFrom('lids').selectAll().execute()).toEqual([]);
  });
});

describe('bringing tables up to date in PostgreSQL', () => {
  let place: FreshDatabase;

  beforeEach(async () => {
    place = await freshSchema();
  });
  afterEach(() => place.remove());

  it('runs once if several processes start at once on nothing at all', async () => {
    let ran = 0;
    const boxes = creating('boxes');
    const counted: Migration = {
      up: (transaction) => {
        ran += 1;
        return boxes.up(transaction);
      },
    };
    const processes = Array.from({ length: 5 }, () => place.open<Tables>());
    await Promise.all(processes.map((process) => migrate(process, 'store', { '001': counted })));
    expect(ran).toBe(1);
    expect(await place.open<Tables>().selectFrom('boxes').selectAll().execute()).toEqual([]);
  });

  it('makes the tables of each schema, whatever others have', async () => {
    await migrate(place.open<Tables>(), 'store', { '001': creating('boxes') });
    const other = openDatabaseAt<Tables>({ ...place.location, schema: 'another' } as DatabaseLocation, {
      applicationName: 'a test',
    });
    await migrate(other, 'store', { '001': creating('boxes') });
    await other.insertInto('boxes').values({ id: 1 }).execute();
    expect(await place.open<Tables>().selectFrom('boxes').selectAll().execute()).toEqual([]);
    await other.destroy();
  });
});
