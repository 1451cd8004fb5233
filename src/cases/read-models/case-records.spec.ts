import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Kysely, sql, type Transaction } from 'kysely';
import { freshSchema } from '../../../test/support/databases.js';
import { eventually } from '../../../test/support/eventually.js';
import { ReadSide } from '../../../test/support/read-side.js';
import type { ProjectionTables } from '../../projections/tables.js';
import { CaseRecords } from './case-records.js';
import { term } from './terms.js';

const TAKEN_BACK = 'taken back';

/** Every question of several tables, with all that can be asked in it. */
const QUESTIONS: Record<string, (records: CaseRecords) => Promise<unknown>> = {
  'a case by any of its ids': (records) => records.find('x'),
  'a page of all': (records) => records.page({ terms: [], day: 1 }, '9', 10),
  'a page for a reader': (records) => records.page({ terms: [], day: 1, reader: 'p' }, '9', 10),
  'a page by terms': (records) =>
    records.page({ terms: [term('status', 'a'), term('finding', 'b')], day: 1 }, '9', 10),
  'a page of some': (records) => records.page({ terms: [], day: 1, caseIds: ['a', 'b'] }, '9', 10),
  'some by their ids': (records) => records.openWithIds(['a', 'b'], 'p'),
  'the sealed names': (records) => records.sealedNames('', 10),
  hearings: (records) => records.hearingsWithin(1, 2, 'p', 10),
  releases: (records) => records.releasesExpected(1, 1, 2, 'p', 10),
};

describe('what is asked of the cases in PostgreSQL while a build takes the place of another', () => {
  let side: ReadSide;

  beforeAll(async () => {
    side = await ReadSide.start(freshSchema);
    // Else these would wait beside what is asked.
    await side.names.atLeast(undefined);
  });
  afterAll(() => side.stop());

  /** The views that the sessions that wait for `cases` have got already. */
  const heldByWaiting = async (database: Kysely<ProjectionTables>) => {
    const { rows } = await sql<{ name: string | null }>`
      select held.relation::regclass::text as name
      from pg_locks as waiting
      left join pg_locks as held on held.pid = waiting.pid and held.granted and held.relation in
        (select oid from pg_class where relkind = 'v' and relnamespace = current_schema()::regnamespace)
      where waiting.relation = 'cases'::regclass and not waiting.granted`.execute(database);
    return rows.map(({ name }) => name);
  };

  it.each(Object.entries(QUESTIONS))('waits with nothing in hand: %s', async (_, ask) => {
    const database = side.database;
    let answer: Promise<unknown> | undefined;
    const locked = async (transaction: Transaction<ProjectionTables>): Promise<void> => {
      await sql`drop view cases`.execute(transaction);
      answer = ask(side.records);
      await eventually(async () => expect(await heldByWaiting(database)).toEqual([null]));
      throw new Error(TAKEN_BACK);
    };
    await expect(database.transaction().execute(locked)).rejects.toThrow(TAKEN_BACK);
    expect(await answer).toEqual(Array.isArray(await answer) ? [] : undefined);
  });
});
