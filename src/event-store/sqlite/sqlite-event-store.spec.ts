import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.js';
import { everything, failureOf, newEvent, newEvents, newStream } from '../../../test/support/store-events.js';
import { EventIdTaken, StoreUnavailable } from '../errors.js';
import { connect } from './connection.js';
import { SqliteEventStore, type SqliteStoreOptions } from './sqlite-event-store.js';

describe('the event store in SQLite', () => {
  let folder: string;
  const stores: SqliteEventStore[] = [];

  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'habeas-sqlite-')), 'data');
  });
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
    await rm(join(folder, '..'), { recursive: true });
  });

  function open(options: Omit<SqliteStoreOptions, 'folder'> = {}): SqliteEventStore {
    const store = new SqliteEventStore({ folder, ...options });
    stores.push(store);
    return store;
  }

  function beside(): DatabaseSync {
    return new DatabaseSync(join(folder, 'events.db'));
  }

  it('flushes every commit, and keeps the log beside the file', async () => {
    open();
    const db = connect(join(folder, 'events.db'), { access: 'write', durability: 'full', walBytes: 0 });
    expect(db.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    db.close();
  });

  it('refuses a file without such a log', async () => {
    await open().close();
    const db = beside();
    db.exec('PRAGMA journal_mode = DELETE');
    db.close();
    expect(() => open({ access: 'read' })).toThrow(/journal_mode delete, not wal/);
  });

  it('refuses a file that a later release has written', async () => {
    await open().close();
    const db = beside();
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(() => open()).toThrow(StoreUnavailable);
    expect(() => open({ access: 'read' })).toThrow(StoreUnavailable);
  });

  it('is for the eyes of its owner', async () => {
    await open().append(newStream(), newEvents(1), 'no_stream');
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    for (const name of ['events.db', 'events.db-wal']) {
      expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
    }
  });

  it('can be read beside its writer, and followed, but not written', async () => {
    const writer = open();
    await writer.append(newStream(), newEvents(3), 'no_stream');
    const reader = open({ access: 'read' });
    expect(await everything(reader)).toEqual(await everything(writer));
    const subscription = reader.subscribe(await reader.head());
    const next = subscription[Symbol.asyncIterator]().next();
    expect(await failureOf(reader.append(newStream(), newEvents(1), 'no_stream'))).toBeInstanceOf(
      StoreUnavailable,
    );
    await writer.append('case-next', newEvents(1), 'no_stream');
    expect(await next).toMatchObject({ value: [{ stream: 'case-next' }] });
    expect(await everything(writer)).toHaveLength(4);
  });

  it('cannot be read where there is none', () => {
    expect(() => open({ access: 'read' })).toThrow(StoreUnavailable);
  });

  it('waits while another connection writes, and then appends', async () => {
    const store = open();
    const other = beside();
    other.exec('BEGIN IMMEDIATE');
    let done = false;
    const append = store.append(newStream(), newEvents(1), 'no_stream').finally(() => (done = true));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(done).toBe(false);
    expect(await everything(store)).toEqual([]);
    other.exec('ROLLBACK');
    other.close();
    expect(await append).toMatchObject({ revision: 0 });
  });

  it('refuses the same events in another order', async () => {
    const store = open();
    const [first, second] = [newEvent(), newEvent()];
    await store.append('case-a', [first, second], 'no_stream');
    for (const events of [
      [second, first],
      [first, newEvent(), second],
    ]) {
      expect(await failureOf(store.append('case-a', events, 1))).toBeInstanceOf(EventIdTaken);
    }
    expect(await everything(store)).toHaveLength(2);
  });

  it('finds a few events of one kind among very many of another', async () => {
    const store = open();
    const subscription = store.subscribe(undefined, { prefixes: ['case-'] });
    const first = subscription[Symbol.asyncIterator]().next();
    for (let round = 0; round < 12; round += 1)
      await store.append(newStream('access-'), newEvents(1_000), 'no_stream');
    await store.append('case-rare', newEvents(2), 'no_stream');
    await store.append(newStream('access-'), newEvents(1_000), 'no_stream');
    const rare = await store.read('case-rare');
    expect(await everything(store, undefined, { prefixes: ['case-'] })).toEqual(rare);
    expect(await first).toEqual({ done: false, value: rare });
  });

  it('keeps its log short', async () => {
    const store = open({ walPages: 50 });
    for (let round = 0; round < 200; round += 1) await store.append(newStream(), newEvents(10), 'no_stream');
    const log = await stat(join(folder, 'events.db-wal'));
    expect(log.size).toBeLessThan(4 * 50 * 4_200);
  });

  it('cuts its log back once a reader that kept it long has gone', async () => {
    const store = open({ walPages: 20 });
    const log = async (): Promise<number> => (await stat(join(folder, 'events.db-wal'))).size;
    const reader = beside();
    reader.exec('BEGIN; SELECT count(*) FROM events');
    for (let round = 0; round < 40; round += 1) await store.append(newStream(), newEvents(20), 'no_stream');
    expect(await log()).toBeGreaterThan(4 * 20 * 4_200);
    reader.close();
    await eventually(async () => {
      await store.append(newStream(), newEvents(20), 'no_stream');
      return (await log()) < 4 * 20 * 4_200;
    });
  });

  it('goes on when it is closed again', async () => {
    const store = open();
    await store.close();
    await expect(store.close()).resolves.toBeUndefined();
  });
});
