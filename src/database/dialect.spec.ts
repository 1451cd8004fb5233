import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { DATABASES, freshSchema, type FreshDatabase } from '../../test/support/databases.js';
import { textType } from './dialect.js';
import { migrate } from './migrate.js';

interface Tables {
  words: { word: string };
}

/** As JavaScript sorts them, and as no dictionary does. */
const WORDS = ['', '-1', '1', '10', '9', 'B', 'Z-1', 'Z1', 'a', 'ab', 'Ää', 'б', 'Ё', 'а'].toSorted();

const MIGRATIONS = {
  '001': {
    up: async (database: Kysely<Tables>) => {
      await database.schema.createTable('words').addColumn('word', textType(database)).execute();
      await database
        .insertInto('words')
        .values(WORDS.toReversed().map((word) => ({ word })))
        .execute();
    },
  },
};

describe.each(DATABASES)('a text on %s', (_, fresh) => {
  let place: FreshDatabase;
  let database: Kysely<Tables>;

  beforeAll(async () => {
    place = await fresh();
    database = place.open<Tables>();
    await migrate(database, 'words', MIGRATIONS);
  });
  afterAll(() => place.remove());

  it('is in the order in which JavaScript has it', async () => {
    const rows = await database.selectFrom('words').select('word').orderBy('word').execute();
    expect(rows.map(({ word }) => word)).toEqual(WORDS);
  });

  it.each(WORDS)('is less and greater than others as in JavaScript: %p', async (bound) => {
    const rows = await database.selectFrom('words').select('word').where('word', '<', bound).execute();
    expect(rows).toHaveLength(WORDS.filter((word) => word < bound).length);
  });
});

it('the PostgreSQL of these tests has another order of its own, so that they would notice', async () => {
  const place = await freshSchema();
  const { rows } = await sql<{ word: string }>`
    select word from unnest(${sql.lit(`{${WORDS.slice(1).join()}}`)}::text[]) as word order by word`.execute(
    place.open(),
  );
  expect(rows.map(({ word }) => word)).not.toEqual(WORDS.slice(1));
  await place.remove();
});
