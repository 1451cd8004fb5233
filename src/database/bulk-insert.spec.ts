import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { BulkDelete } from './bulk-delete.js';
import { BulkInsert } from './bulk-insert.js';
import { openDatabase } from './sqlite.js';

interface Tables {
  boxes: { id: number; label: string | null };
}

describe('inserting many rows at once', () => {
  let database: Kysely<Tables>;
  const insert = new BulkInsert<Tables['boxes']>(['id', 'label']);

  beforeEach(async () => {
    database = openDatabase<Tables>(':memory:');
    await sql`create table boxes (id integer primary key, label text) strict`.execute(database);
  });
  afterEach(() => database.destroy());

  it.each([0, 1, 63, 64, 65, 200])('puts %i rows where they belong', async (count) => {
    const rows = Array.from({ length: count }, (_, id) => ({ id, label: id % 2 ? `box ${id}` : null }));
    await insert.into(database, 'boxes', rows);
    const stored = await database.selectFrom('boxes').selectAll().orderBy('id').execute();
    expect(stored).toEqual(rows);
  });

  it('refuses what the table refuses', async () => {
    await insert.into(database, 'boxes', [{ id: 1, label: 'a' }]);
    await expect(
      insert.into(database, 'boxes', [
        { id: 2, label: 'b' },
        { id: 1, label: 'c' },
      ]),
    ).rejects.toThrow(/UNIQUE/);
    expect(await database.selectFrom('boxes').select('id').execute()).toHaveLength(1);
  });

  it.each([0, 1, 64, 130])('and deletes just the rows of %i keys', async (count) => {
    const ids = Array.from({ length: 200 }, (_, id) => id);
    await insert.into(
      database,
      'boxes',
      ids.map((id) => ({ id, label: `box ${id}` })),
    );
    await new BulkDelete(['label']).from(
      database,
      'boxes',
      ids.slice(0, count).map((id) => [`box ${id}`]),
    );
    const left = await database.selectFrom('boxes').select('id').orderBy('id').execute();
    expect(left.map(({ id }) => id)).toEqual(ids.slice(count));
  });
});
