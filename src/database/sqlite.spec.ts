import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Kysely, sql } from 'kysely';
import { openDatabase } from './sqlite.js';

interface Tables {
  boxes: { id: number; label: string };
}

const pragmaOf = (database: Kysely<Tables>) => async (name: string) =>
  Object.values((await sql.raw(`pragma ${name}`).execute(database)).rows[0] as object)[0];

describe('a SQLite file under Kysely', () => {
  let folder: string;
  let file: string;
  let database: Kysely<Tables>;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-'));
    file = join(folder, 'boxes.db');
    database = openDatabase<Tables>(file);
    await sql`create table boxes (id integer primary key, label text not null) strict`.execute(database);
  });

  afterEach(async () => {
    await database.destroy();
    rmSync(folder, { recursive: true });
  });

  it('gives back the rows of a select and of a returning clause', async () => {
    const inserted = await database
      .insertInto('boxes')
      .values({ id: 1, label: 'a' })
      .returning('label')
      .execute();
    expect(inserted.map((row) => row.label)).toEqual(['a']);
    expect(await database.selectFrom('boxes').select('id').execute()).toHaveLength(1);
  });

  it('keeps what it commits through a power cut: WAL, and synchronous FULL', async () => {
    const pragma = pragmaOf(database);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(2);
    expect(await pragma('foreign_keys')).toBe(1);
  });

  it('may lose the last commits, and never a part of one, where the rows can be made again', async () => {
    const derived = openDatabase<Tables>(join(folder, 'derived.db'), { durability: 'derived' });
    const pragma = pragmaOf(derived);
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe(1);
    await derived.destroy();
  });

  it('answers a reader while a transaction is open', async () => {
    const reader = openDatabase<Tables>(file, { readOnly: true });
    await database.transaction().execute(async (transaction) => {
      await transaction.insertInto('boxes').values({ id: 1, label: 'a' }).execute();
      expect(await reader.selectFrom('boxes').selectAll().execute()).toEqual([]);
    });
    expect(await reader.selectFrom('boxes').selectAll().execute()).toHaveLength(1);
    await reader.destroy();
  });

  it('refuses to write through a reader', async () => {
    const reader = openDatabase<Tables>(file, { readOnly: true });
    await expect(reader.insertInto('boxes').values({ id: 1, label: 'a' }).execute()).rejects.toThrow(
      /readonly/,
    );
    await reader.destroy();
    expect(await database.selectFrom('boxes').selectAll().execute()).toEqual([]);
  });

  it('has nothing for a reader before the tables are made', async () => {
    const reader = openDatabase<Tables & { others: { id: number } }>(file, { readOnly: true });
    await expect(reader.selectFrom('others').selectAll().execute()).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'tables-missing',
    });
    await reader.destroy();
  });

  it('opens again at the next query when the file was not there at the first', async () => {
    const late = join(folder, 'late.db');
    const reader = openDatabase<Tables>(late, { readOnly: true });
    await expect(reader.selectFrom('boxes').selectAll().execute()).rejects.toThrow();
    const writer = openDatabase<Tables>(late);
    await sql`create table boxes (id integer primary key, label text not null) strict`.execute(writer);
    expect(await reader.selectFrom('boxes').selectAll().execute()).toEqual([]);
    await writer.destroy();
    await reader.destroy();
  });
});
