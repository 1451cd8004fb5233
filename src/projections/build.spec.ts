import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, freshSchema, type FreshDatabase } from '../../test/support/databases.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { HabeasError } from '../errors.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { Build, Superseded } from './build.js';
import { DerivingHere } from './deriving.js';
import { Generations } from './generations.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

describe.each(DATABASES)('a build of a read model, on %s', (_, fresh) => {
  let place: FreshDatabase;
  const clock = new FixedClock();
  let database: Kysely<BoxTables>;
  let store: InMemoryEventStore;
  let model: Boxes;
  let generations: Generations;

  const everything = async (): Promise<StoredEvent[]> => {
    const events: StoredEvent[] = [];
    for await (const batch of store.readAll(undefined)) events.push(...batch);
    return events;
  };
  const begun = async () =>
    new Build(database, clock, model, new DerivingHere(model), await generations.live(model, undefined));
  const parked = () => database.selectFrom('parked').selectAll().orderBy('key').execute();

  beforeEach(async () => {
    place = await fresh();
    database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    store = new InMemoryEventStore();
    model = new Boxes(store);
    generations = new Generations(database, clock);
  });
  afterEach(() => place.remove());

  it('writes the rows of a batch and moves the checkpoint', async () => {
    const build = await begun();
    await put(store, 'a', 1, 2);
    const last = await put(store, 'b', 5);
    await build.apply(await everything());
    expect(await boxesIn(database)).toEqual([
      { box: 'a', total: 3, things: 2 },
      { box: 'b', total: 5, things: 1 },
    ]);
    expect((await begun()).state).toMatchObject({ position: last, events: 3 });
  });

  it('leaves neither rows nor checkpoint when it is cut off between the two', async () => {
    const build = await begun();
    await put(store, 'a', 1);
    model.onWritten = () => {
      throw new HabeasError('unavailable', 'gone', 'the database is gone');
    };
    await expect(build.apply(await everything())).rejects.toThrow('gone');
    expect(await boxesIn(database)).toEqual([]);
    expect((await begun()).state.position).toBeNull();
  });

  it('goes on with the same batch once the failure has passed', async () => {
    const build = await begun();
    await put(store, 'a', 1);
    const batch = await everything();
    store.failure = new HabeasError('unavailable', 'store-unavailable', 'no way');
    await expect(build.apply(batch)).rejects.toThrow('no way');
    expect(await parked()).toEqual([]);
    store.failure = undefined;
    await build.apply(batch);
    expect(await boxesIn(database)).toHaveLength(1);
  });

  it('parks a key that cannot be derived, without a word of its content, and applies the rest', async () => {
    const build = await begun();
    await put(store, 'a', 1);
    const bad = await put(store, 'b', 'Dzmitry');
    const last = await put(store, 'c', 3);
    await build.apply(await everything());
    expect((await boxesIn(database)).map((row) => row.box)).toEqual(['a', 'c']);
    expect(build.state.position).toBe(last);
    const rows = await parked();
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      projection: 'boxes',
      key: 'b',
      position: bad,
      attempts: 1,
      code: 'unexpected',
    });
    expect(rows[0]?.message).toMatch(/^TypeError in .*derive/);
    expect(JSON.stringify(rows)).not.toContain('Dzmitry');
  });

  it('parks only the key whose row the database refuses', async () => {
    const build = await begun();
    await put(store, 'a', 1);
    await put(store, 'b', 2);
    const derive = model.derive.bind(model);
    model.derive = async (box) => ({
      ...(await derive(box)),
      ...(box === 'a' ? { total: null as unknown as number } : {}),
    });
    await build.apply(await everything());
    expect((await boxesIn(database)).map((row) => row.box)).toEqual(['b']);
    expect((await parked()).map((row) => row.key)).toEqual(['a']);
  });

  it('tries a parked key again with every new fact of it, later each time, and forgets it when it succeeds', async () => {
    const build = await begun();
    const derive = model.derive.bind(model);
    model.derive = () => Promise.reject(new Error('not yet'));
    await put(store, 'a', 1);
    await build.apply(await everything());
    await put(store, 'a', 2);
    await build.apply((await everything()).slice(-1));
    const [row] = await parked();
    expect(row).toMatchObject({ attempts: 2, retry_at: '2020-01-27T10:00:02.000Z' });

    model.derive = derive;
    await put(store, 'a', 3);
    await build.apply((await everything()).slice(-1));
    expect(await parked()).toEqual([]);
    expect(await boxesIn(database)).toEqual([{ box: 'a', total: 6, things: 3 }]);
  });

  it('writes nothing when another process has moved it on meanwhile', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    await put(store, 'a', 1);
    await theirs.apply(await everything());
    model.derive = async (box) => ({ box, total: 99, things: 99 });
    await expect(mine.apply(await everything())).rejects.toThrow(Superseded);
    expect(await boxesIn(database)).toEqual([{ box: 'a', total: 1, things: 1 }]);
  });

  it('derives a key once in the first pass, however many facts it has', async () => {
    await put(store, 'a', 1, 2, 3);
    await put(store, 'b', 1);
    const head = await put(store, 'a', 4);
    const build = new Build(
      database,
      clock,
      model,
      new DerivingHere(model),
      await generations.live(model, head),
    );
    const derived: string[] = [];
    model.onDerive = (box) => derived.push(box);
    for (const event of await everything()) await build.apply([event]);
    expect(derived).toEqual(['a', 'b']);
    await put(store, 'a', 5);
    await build.apply((await everything()).slice(-1));
    expect(derived).toEqual(['a', 'b', 'a']);
  });
});

describe('a row that only PostgreSQL refuses', () => {
  it.each([
    ['a text with NUL', 'a\0b'],
    [
      'a key that no index takes',
      Array.from({ length: 9_000 }, (_, n) => String.fromCharCode(33 + ((n * 7919) % 8191))).join(''),
    ],
  ])('is parked, and the others are written: %s', async (_, text) => {
    const place = await freshSchema();
    const database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    const store = new InMemoryEventStore();
    const model = new Boxes(store);
    const derive = model.derive.bind(model);
    model.derive = async (box) => ({ ...(await derive(box)), ...(box === 'a' ? { box: text } : {}) });
    await put(store, 'a', 1);
    await put(store, 'b', 2);
    const live = await new Generations(database, new FixedClock()).live(model, undefined);
    const build = new Build(database, new FixedClock(), model, new DerivingHere(model), live);
    for await (const batch of store.readAll(undefined)) await build.apply(batch);
    expect((await boxesIn(database)).map((row) => row.box)).toEqual(['b']);
    expect(await database.selectFrom('parked').select('key').execute()).toEqual([{ key: 'a' }]);
    await place.remove();
  });
});
