import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { eventually } from '../../test/support/eventually.js';
import { freshPostgres, type FreshPostgres } from '../../test/support/postgres.js';
import { TcpProxy } from '../../test/support/tcp-proxy.js';
import { exclusively } from './exclusively.js';
import { migrate } from './migrate.js';
import { openPostgres, type PostgresOptions } from './postgres.js';
import { prepared } from './prepared.js';

interface Tables {
  boxes: { id: number; label: string };
}

const MIGRATIONS = {
  '001': {
    up: (database: Kysely<Tables>) =>
      database.schema
        .createTable('boxes')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('label', 'text', (column) => column.notNull())
        .execute(),
  },
};
const BOX = { id: 1, label: 'a' };

let place: FreshPostgres;
let proxy: TcpProxy;
let opened: Kysely<Tables>[];

beforeEach(async () => {
  place = await freshPostgres();
  proxy = await TcpProxy.start(Number(new URL(place.url).port));
  opened = [];
  await migrate(open(), 'boxes', MIGRATIONS);
});
afterEach(async () => {
  await proxy.stop();
  await Promise.all(opened.map((database) => database.destroy()));
  await place.drop();
});

function open(options: Partial<PostgresOptions> = {}, url = place.url): Kysely<Tables> {
  const database = openPostgres<Tables>(url, { schema: 'tables', applicationName: 'a test', ...options });
  opened.push(database);
  return database;
}

/** Over a wire that can be cut. */
function openFar(options: Partial<PostgresOptions> = {}): Kysely<Tables> {
  const url = new URL(place.url);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return open(options, url.href);
}

const put = (database: Kysely<Tables>, box = BOX) => database.insertInto('boxes').values(box).execute();
const boxes = () => place.ask<Tables['boxes']>('select * from tables.boxes order by id');
const setting = async (database: Kysely<Tables>, name: string) => {
  const { rows } = await sql<{ value: string }>`select current_setting(${name}) as value`.execute(database);
  return rows[0]?.value;
};
/** Ends every session of the product, as an operator would. */
const endSessions = () =>
  place.ask("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'a test'");

describe('PostgreSQL under Kysely', () => {
  it('keeps its tables in a schema of its own', async () => {
    await put(open());
    expect(await boxes()).toEqual([BOX]);
    await expect(open({ schema: 'another' }).selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      code: '42P01',
    });
  });

  it('counts in numbers', async () => {
    const database = open();
    await put(database);
    const { rows } = await sql`select count(*) as count, 9007199254740991::bigint as most from boxes`.execute(
      database,
    );
    expect(rows).toEqual([{ count: 1, most: 9007199254740991 }]);
    await expect(sql`select 9007199254740993::bigint`.execute(database)).rejects.toThrow(RangeError);
  });

  it('flushes what it commits, unless that can be made again', async () => {
    expect(await setting(open(), 'synchronous_commit')).toBe('on');
    expect(await setting(open({ durability: 'derived' }), 'synchronous_commit')).toBe('off');
  });

  it('writes nothing through a reader', async () => {
    await expect(put(open({ readOnly: true }))).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes()).toEqual([]);
  });

  it('keeps the settings that the URL has, and its own', async () => {
    const url = new URL(place.url);
    url.searchParams.set('options', '-c work_mem=5MB');
    const database = open({}, url.href);
    expect(await setting(database, 'work_mem')).toBe('5MB');
    expect(await setting(database, 'search_path')).toBe('tables');
  });

  it('prepares what it is told to once for each connection, also when the table has got another column since', async () => {
    const database = open({ poolSize: 1 });
    const query = prepared(database.selectFrom('boxes').selectAll().where('id', '=', 0).compile());
    const ask = async () => (await database.executeQuery({ ...query, parameters: [1] })).rows;
    await put(database);
    expect(await ask()).toEqual([BOX]);
    expect(await ask()).toEqual([BOX]);
    expect(await sql`select 1 from pg_prepared_statements`.execute(database)).toMatchObject({ rows: [{}] });
    await place.ask("alter table tables.boxes add column colour text default 'red'");
    expect(await ask()).toEqual([{ ...BOX, colour: 'red' }]);
    expect(await ask()).toEqual([{ ...BOX, colour: 'red' }]);
  });
});

describe('a PostgreSQL server that is away', () => {
  it.each([
    ['nobody listens', (url: URL) => (url.port = '1')],
    ['the password is wrong', (url: URL) => (url.password = 'Another-Secret')],
    ['there is no such database', (url: URL) => (url.pathname = '/none')],
    ['there is no such host', (url: URL) => (url.hostname = 'nowhere.invalid')],
  ])('is unavailable, and nothing says the password: %s', async (_, spoil) => {
    const url = new URL(place.url);
    spoil(url);
    const error: unknown = await put(open({}, url.href)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'unavailable',
      code: 'database-unavailable',
      details: { retryAfterSeconds: 1 },
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(url.password);
  });

  it('has an address that is refused without being quoted', () => {
    for (const url of ['postgres//u:Secret@h/d', 'mysql://u:Secret@h/d', 'Secret'])
      expect(() => open({}, url)).toThrow(/^((?!Secret).)*$/);
  });

  it('is asked again over new connections when it is back', async () => {
    const database = openFar();
    await put(database);
    proxy.refuse();
    await expect(database.selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
    });
    proxy.heal();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]);
  });

  it('does not end this process by ending its sessions, whether they are idle or in a transaction', async () => {
    const database = open();
    await put(database);
    await endSessions();
    await eventually(async () => expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]));
    const transaction = database.transaction().execute(async (tables) => {
      await put(tables, { id: 2, label: 'b' });
      await endSessions();
      await put(tables, { id: 3, label: 'c' });
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes()).toEqual([BOX]);
    await put(database, { id: 4, label: 'd' });
  });

  it('leaves it open whether a change was made that it has not answered', async () => {
    const database = openFar({ poolSize: 1 });
    await database.selectFrom('boxes').selectAll().execute();
    const cut = proxy.cutAt('replies');
    await expect(put(database)).rejects.toMatchObject({ kind: 'outcome_unknown', code: 'outcome-unknown' });
    await cut;
    expect(await boxes()).toEqual([BOX]);
  });

  it('leaves it open whether a transaction was committed whose commit it has not answered', async () => {
    const database = openFar({ poolSize: 1 });
    let cut: Promise<void> | undefined;
    const transaction = database.transaction().execute(async (tables) => {
      await put(tables);
      cut = proxy.cutAt('replies');
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'outcome_unknown' });
    await cut;
    await eventually(async () => expect(await boxes()).toEqual([BOX]));
  });

  it('has certainly not done what was asked of it before the commit', async () => {
    const database = openFar({ poolSize: 1 });
    const transaction = database.transaction().execute(async (tables) => {
      const cut = proxy.cutAt('replies');
      await put(tables).finally(() => cut);
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes()).toEqual([]);
  });

  it('is given up when it takes too long over a statement, and goes on with the next', async () => {
    const database = open({ poolSize: 1, statementMs: 200 });
    const endless = sql`insert into boxes select 1, 'a' from pg_sleep(60)`.execute(database);
    await expect(endless).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
    expect(await boxes()).toEqual([]);
    await put(database);
    expect(await boxes()).toEqual([BOX]);
  });

  it('is given up when it says nothing at all: half a connection', async () => {
    const database = openFar({ poolSize: 1, statementMs: 200 });
    await put(database);
    proxy.swallow();
    await expect(database.selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
    });
    proxy.heal();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]);
  });

  it('refuses whoever waits too long for a connection', async () => {
    const database = open({ poolSize: 1 });
    let release = () => {};
    const held = database.transaction().execute(() => new Promise<void>((resolve) => (release = resolve)));
    await expect(put(database)).rejects.toMatchObject({ kind: 'unavailable' });
    release();
    await held;
    expect(await boxes()).toEqual([]);
  });
});

describe('queries in each other’s way', () => {
  const ROWS = [BOX, { id: 2, label: 'b' }];

  it('are asked again if they only read', async () => {
    const database = open();
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
    const database = open();
    for (const row of ROWS) await put(database, row);
    const change = (tables: Kysely<Tables>, id: number, label: string) =>
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
    const labels = new Set((await boxes()).map(({ label }) => label));
    expect(labels.size).toBe(1);
  });

  it('come one after the other where that is asked for, also from several processes', async () => {
    await put(open(), { id: 1, label: '0' });
    const add = (database: Kysely<Tables>) =>
      exclusively(database, 'adding', async (tables) => {
        const { label } = await tables.selectFrom('boxes').select('label').executeTakeFirstOrThrow();
        await tables.updateTable('boxes').set({ label: String(Number(label) + 1) }).execute();
      });
    const processes = [open({ poolSize: 1 }), open({ poolSize: 1 }), open({ poolSize: 1 })];
    await Promise.all(processes.flatMap((process) => Array.from({ length: 10 }, () => add(process))));
    expect(await boxes()).toEqual([{ id: 1, label: '30' }]);
  });
});
