import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { BOX, PostgresBoxes, put, type BoxTables } from '../../test/support/postgres-boxes.js';
import { exclusively } from './exclusively.js';
import { prepared } from './prepared.js';

let boxes: PostgresBoxes;

beforeEach(async () => {
  boxes = await PostgresBoxes.start();
});
afterEach(() => boxes.stop());

const setting = async (database: Kysely<BoxTables>, name: string) => {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(database);
  return rows[0]?.value;
};

describe('PostgreSQL under Kysely', () => {
  it('keeps its tables in a schema of its own', async () => {
    await put(boxes.open());
    expect(await boxes.stored()).toEqual([BOX]);
    await expect(
      boxes.open({ schema: 'another' }).selectFrom('boxes').selectAll().execute(),
    ).rejects.toMatchObject({
      code: '42P01',
    });
  });

  it('counts in numbers', async () => {
    const database = boxes.open();
    await put(database);
    const { rows } = await sql`select count(*) as count, 9007199254740991::bigint as most from boxes`.execute(
      database,
    );
    expect(rows).toEqual([{ count: 1, most: 9007199254740991 }]);
    await expect(sql`select 9007199254740993::bigint`.execute(database)).rejects.toThrow(RangeError);
  });

  it('flushes what it commits, unless that can be made again', async () => {
    expect(await setting(boxes.open(), 'synchronous_commit')).toBe('on');
    expect(await setting(boxes.open({ durability: 'derived' }), 'synchronous_commit')).toBe('off');
  });

  it('has nothing for a reader before the tables are made', async () => {
    const early = boxes.open({ schema: 'another', readOnly: true });
    await expect(early.selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'tables-missing',
    });
  });

  it('writes nothing through a reader', async () => {
    await expect(put(boxes.open({ readOnly: true }))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes.stored()).toEqual([]);
  });

  it('keeps the settings that the URL has, and its own', async () => {
    const url = new URL(boxes.place.url);
    url.searchParams.set('options', '-c work_mem=5MB');
    const database = boxes.open({}, url.href);
    expect(await setting(database, 'work_mem')).toBe('5MB');
    expect(await setting(database, 'search_path')).toBe('tables');
  });

  it('prepares what it is told to once for each connection, also when the table has got another column since', async () => {
    const database = boxes.open({ poolSize: 1 });
    const query = prepared(database.selectFrom('boxes').selectAll().where('id', '=', 0).compile());
    const ask = async () => (await database.executeQuery({ ...query, parameters: [1] })).rows;
    await put(database);
    expect(await ask()).toEqual([BOX]);
    expect(await ask()).toEqual([BOX]);
    expect(await sql`select 1 from pg_prepared_statements`.execute(database)).toMatchObject({ rows: [{}] });
    await boxes.place.ask("alter table tables.boxes add column colour text default 'red'");
    expect(await ask()).toEqual([{ ...BOX, colour: 'red' }]);
    expect(await ask()).toEqual([{ ...BOX, colour: 'red' }]);
  });
});

describe('queries in each other’s way', () => {
  const ROWS = [BOX, { id: 2, label: 'b' }];

  it('are asked again if they only read', async () => {
    const database = boxes.open();
    await sql`
      create function tables.refuses_twice() returns integer language plpgsql as $$
      begin
        if nextval('tables.tries') < 3 then raise exception 'deadlock' using errcode = '40P01'; end if;
        return 7;
      end $$`.execute(database);
    await sql`create sequence tables.tries`.execute(database);
    const { rows } = await sql`select tables.refuses_twice() as number`.execute(database);
    expect(rows).toEqual([{ number: 7 }]);
  });

  it('are left to the caller in a transaction, of which nothing stays', async () => {
    const database = boxes.open();
    for (const row of ROWS) await put(database, row);
    const change = (tables: Kysely<BoxTables>, id: number, label: string) =>
      tables.updateTable('boxes').set({ label }).where('id', '=', id).execute();
    let meet = () => {};
    const met = new Promise<void>((resolve) => (meet = resolve));
    const one = database.transaction().execute(async (tables) => {
      await change(tables, 1, 'one');
      await met;
      await change(tables, 2, 'one');
    });
    const other = database.transaction().execute(async (tables) => {
      await change(tables, 2, 'other');
      meet();
      await change(tables, 1, 'other');
    });
    const outcomes = await Promise.allSettled([one, other]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { kind: 'unavailable' },
    });
    const labels = new Set((await boxes.stored()).map(({ label }) => label));
    expect(labels.size).toBe(1);
  });

  it('come one after the other where that is asked for, also from several processes', async () => {
    await put(boxes.open(), { id: 1, label: '0' });
    const add = (database: Kysely<BoxTables>) =>
      exclusively(database, 'adding', async (tables) => {
        const { label } = await tables.selectFrom('boxes').select('label').executeTakeFirstOrThrow();
        await tables
          .updateTable('boxes')
          .set({ label: String(Number(label) + 1) })
          .execute();
      });
    const processes = [boxes.open({ poolSize: 1 }), boxes.open({ poolSize: 1 }), boxes.open({ poolSize: 1 })];
    await Promise.all(processes.flatMap((process) => Array.from({ length: 10 }, () => add(process))));
    expect(await boxes.stored()).toEqual([{ id: 1, label: '30' }]);
  });
});
