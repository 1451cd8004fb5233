import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { BulkDelete } from './bulk-delete.js';
import { BulkInsert } from './bulk-insert.js';
import { migrate } from './migrate.js';

interface Tables {
  boxes: { id: number; label: string | null };
}

const MIGRATIONS = {
  '001': {
    up: (database: Kysely<Tables>) =>
      database.schema
        .createTable('boxes')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('label', 'text')
        .execute(),
  },
};

describe.each(DATABASES)('inserting many rows at once, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let database: Kysely<Tables>;
  const insert = new BulkInsert<Tables['boxes']>({ id: 'integer', label: 'text' });

  beforeAll(async () => {
    place = await fresh();
    database = place.open<Tables>();
    await migrate(database, 'boxes', MIGRATIONS);
  });
  afterEach(async () => {
    await database.deleteFrom('boxes').execute();
  });
  afterAll(() => place.remove());

  it.each([0, 1, 63, 64, 65, 200, 5000])('puts %i rows where they belong', async (count) => {
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
    ).rejects.toThrow(/unique/i);
    expect(await database.selectFrom('boxes').select('id').execute()).toHaveLength(1);
  });

  it.each(['', 'кот\nd\'Ø "{,}" \\ 🙂', '\u00ff'.repeat(10_000), 'null', '{}'])(
    'keeps a text as it is',
    async (label) => {
      await insert.into(database, 'boxes', [
        { id: 1, label },
        { id: 2, label: null },
      ]);
      const stored = await database.selectFrom('boxes').selectAll().orderBy('id').execute();
      expect(stored.map((row) => row.label)).toEqual([label, null]);
    },
  );

  it('keeps the largest and the smallest numbers', async () => {
    const ids = [-(2 ** 31) + 1, 0, 2 ** 31 - 1];
    await insert.into(
      database,
      'boxes',
      ids.map((id) => ({ id, label: null })),
    );
    const stored = await database.selectFrom('boxes').select('id').orderBy('id').execute();
    expect(stored.map(({ id }) => id)).toEqual(ids);
  });

  it('refuses a number that is no integer, and writes nothing', async () => {
    await expect(
      insert.into(database, 'boxes', [
        { id: 1, label: null },
        { id: 1.5, label: null },
      ]),
    ).rejects.toThrow();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([]);
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
