import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { migrate } from './migrate.js';
import { openDatabase } from './sqlite.js';

interface Tables {
  boxes: { id: number };
  lids: { id: number };
}

const creating = (...tables: string[]): Migration => ({
  async up(database: Kysely<unknown>) {
    for (const table of tables) await database.schema.createTable(table).addColumn('id', 'integer').execute();
  },
});

describe('bringing tables up to date', () => {
  let database: Kysely<Tables>;

  beforeEach(() => {
    database = openDatabase<Tables>(':memory:');
  });
  afterEach(() => database.destroy());

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
