import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { eventually } from '../../test/support/eventually.js';
import { BOX, PostgresBoxes, put } from '../../test/support/postgres-boxes.js';

let boxes: PostgresBoxes;

beforeEach(async () => {
  boxes = await PostgresBoxes.start();
});
afterEach(() => boxes.stop());

describe('a PostgreSQL server that is away', () => {
  it.each([
    ['nobody listens', (url: URL) => (url.port = '1')],
    ['the password is wrong', (url: URL) => (url.password = 'Another-Secret')],
    ['there is no such database', (url: URL) => (url.pathname = '/none')],
    ['it has no TLS, which is asked for', (url: URL) => url.searchParams.set('sslmode', 'verify-full')],
    ['there is no such host', (url: URL) => (url.hostname = 'nowhere.invalid')],
  ])('is unavailable, and nothing says the password: %s', async (_, spoil) => {
    const url = new URL(boxes.place.url);
    spoil(url);
    const error: unknown = await put(boxes.open({}, url.href)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      kind: 'unavailable',
      code: 'database-unavailable',
      details: { retryAfterSeconds: 1 },
    });
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(url.password);
  });

  it('has an address that is refused without being quoted', () => {
    for (const url of ['postgres//u:Secret@h/d', 'mysql://u:Secret@h/d', 'Secret'])
      expect(() => boxes.open({}, url)).toThrow(/^((?!Secret).)*$/);
  });

  it('is asked again over new connections when it is back', async () => {
    const database = boxes.openFar();
    await put(database);
    boxes.proxy.refuse();
    await expect(database.selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
    });
    boxes.proxy.heal();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]);
  });

  it('does not end this process by ending its sessions, whether they are idle or in a transaction', async () => {
    const database = boxes.open();
    await put(database);
    await boxes.endSessions();
    await eventually(async () =>
      expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]),
    );
    const transaction = database.transaction().execute(async (tables) => {
      await put(tables, { id: 2, label: 'b' });
      await boxes.endSessions();
      await put(tables, { id: 3, label: 'c' });
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes.stored()).toEqual([BOX]);
    await put(database, { id: 4, label: 'd' });
  });

  it('leaves it open whether a change was made that it has not answered', async () => {
    const database = boxes.openFar({ poolSize: 1 });
    await database.selectFrom('boxes').selectAll().execute();
    const cut = boxes.proxy.cutAt('replies');
    await expect(put(database)).rejects.toMatchObject({ kind: 'outcome_unknown', code: 'outcome-unknown' });
    await cut;
    expect(await boxes.stored()).toEqual([BOX]);
  });

  it('leaves it open whether a transaction was committed whose commit it has not answered', async () => {
    const database = boxes.openFar({ poolSize: 1 });
    let cut: Promise<void> | undefined;
    const transaction = database.transaction().execute(async (tables) => {
      await put(tables);
      cut = boxes.proxy.cutAt('replies');
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'outcome_unknown' });
    await cut;
    await eventually(async () => expect(await boxes.stored()).toEqual([BOX]));
  });

  it('has certainly changed nothing if it was only asked something', async () => {
    const database = boxes.openFar({ poolSize: 1 });
    await put(database);
    for (const question of [sql`select * from boxes`, sql`\n  with b as (select 1) select * from b`]) {
      const cut = boxes.proxy.cutAt('replies');
      await expect(question.execute(database)).rejects.toMatchObject({ kind: 'unavailable' });
      await cut;
    }
  });

  it('has certainly not done what was asked of it before the commit', async () => {
    const database = boxes.openFar({ poolSize: 1 });
    const transaction = database.transaction().execute(async (tables) => {
      void boxes.proxy.cutAt('replies');
      await put(tables);
    });
    await expect(transaction).rejects.toMatchObject({ kind: 'unavailable' });
    expect(await boxes.stored()).toEqual([]);
  });

  it('is given up when it takes too long over a statement, and goes on with the next', async () => {
    const database = boxes.open({ poolSize: 1, statementMs: 1_000 });
    const endless = sql`insert into boxes select 1, 'a' from pg_sleep(60)`.execute(database);
    await expect(endless).rejects.toMatchObject({ kind: 'unavailable', code: 'database-unavailable' });
    expect(await boxes.stored()).toEqual([]);
    await put(database);
    expect(await boxes.stored()).toEqual([BOX]);
  });

  it('is given up when it says nothing at all: half a connection', async () => {
    const database = boxes.openFar({ poolSize: 1, statementMs: 1_000 });
    await put(database);
    boxes.proxy.swallow();
    await expect(database.selectFrom('boxes').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
    });
    boxes.proxy.heal();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([BOX]);
  });

  it('refuses whoever waits too long for a connection', async () => {
    const database = boxes.open({ poolSize: 1 });
    let release = () => {};
    const held = database.transaction().execute(() => new Promise<void>((resolve) => (release = resolve)));
    await expect(put(database)).rejects.toMatchObject({ kind: 'unavailable' });
    release();
    await held;
    expect(await boxes.stored()).toEqual([]);
  });
});
