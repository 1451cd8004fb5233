import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { type Disturbance, InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { HabeasError } from '../errors.js';
import { Generations } from './generations.js';
import type { ProjectorNews } from './news.js';
import { Projector } from './projector.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

describe.each(DATABASES)('a projector, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let clock: FixedClock;
  let database: Kysely<BoxTables>;
  let store: InMemoryEventStore;
  let projector: Projector | undefined;
  let news: ProjectorNews[];

  const start = async (model = new Boxes(store)) => {
    const tell = (item: ProjectorNews) => news.push(item);
    projector = new Projector({ database, store, clock, models: [model], tell, lookEveryMs: 5 });
    await projector.start();
    return model;
  };
  const told = (kind: ProjectorNews['kind']) => news.filter((item) => item.kind === kind);
  const parked = () => database.selectFrom('parked').selectAll().execute();

  beforeEach(async () => {
    clock = new FixedClock();
    news = [];
    store = new InMemoryEventStore();
    place = await fresh();
    database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
  });
  afterEach(async () => {
    await projector?.stop();
    await place.remove();
  });

  it('applies what was there before it started and what comes later', async () => {
    await put(store, 'a', 1);
    await start();
    const last = await put(store, 'b', 2);
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(2));
    await eventually(() =>
      expect(told('applied').at(-1)).toEqual({ kind: 'applied', projection: 'boxes', position: last }),
    );
  });

  it('follows also when the last event there was is none that it reads', async () => {
    await put(store, 'a', 1);
    await store.append('other-1', [{ eventId: '1', type: 'T', payload: '{}', metadata: '{}' }], 'no_stream');
    let passes = 0;
    const readAll = store.readAll.bind(store);
    store.readAll = (...asked) => {
      passes += 1;
      // Else it would never come to its senses: nothing in memory makes it wait.
      if (passes > 10) throw new Error('read again and again');
      return readAll(...asked);
    };
    await start();
    await eventually(() => expect(passes).toBe(2));
    // Time enough to begin again, if it did.
    await pause(100);
    // One to begin with, one to catch up.
    expect(passes).toBe(2);
    await put(store, 'b', 2);
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(2));
  });

  it('goes on after a restart from where it was', async () => {
    await put(store, 'a', 1);
    await start();
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(1));
    await projector?.stop();
    await put(store, 'b', 2);
    const derived: string[] = [];
    const model = new Boxes(store);
    model.onDerive = (box) => derived.push(box);
    await start(model);
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(2));
    expect(derived).toEqual(['b']);
  });

  it('begins anew on a store that is shorter than what it has read: an older backup', async () => {
    await put(store, 'a', 1);
    await put(store, 'b', 2);
    await start();
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(2));
    await projector?.stop();
    store = new InMemoryEventStore();
    await put(store, 'c', 3);
    await start();
    await eventually(async () =>
      expect(await boxesIn(database)).toEqual([expect.objectContaining({ box: 'c', total: 3 })]),
    );
    expect(told('trouble')).toMatchObject([{ projection: 'boxes', doing: 'starting' }]);
  });

  it('begins anew on another kind of store, whose positions would seem to lie ahead', async () => {
    await put(store, 'a', 1);
    await start();
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(1));
    await projector?.stop();
    store = new InMemoryEventStore(undefined, 3);
    await put(store, 'c', 3);
    await start();
    await eventually(async () =>
      expect(await boxesIn(database)).toEqual([expect.objectContaining({ box: 'c', total: 3 })]),
    );
  });

  it('begins anew on a store that is shorter than what it was still to read', async () => {
    const last = await put(store, 'a', 1, 2, 3);
    const model = new Boxes(store);
    await new Generations(database, clock).live(model, last);
    store = new InMemoryEventStore();
    await put(store, 'a', 1);
    await start();
    await store.append('box-a', [{ eventId: 'new', type: 'Put', payload: '7', metadata: '{}' }], 0);
    await eventually(async () =>
      expect(await boxesIn(database)).toEqual([expect.objectContaining({ box: 'a', total: 8 })]),
    );
    expect(told('trouble')).toMatchObject([{ projection: 'boxes', doing: 'starting' }]);
  });

  it('gives the same rows when a third of the events come twice or late', async () => {
    let turn = 0;
    const disturb: Disturbance = (events) => {
      const twice = events.flatMap((event) => (turn++ % 3 === 0 ? [event, event] : [event]));
      return twice.toSorted(() => ((turn++ * 7919) % 10 < 3 ? 1 : -1));
    };
    store = new InMemoryEventStore(disturb);
    await start();
    for (let number = 0; number < 300; number += 1) await put(store, `${number % 40}`, number);
    await eventually(async () => {
      const rows = await boxesIn(database);
      expect(rows.reduce((sum, row) => sum + row.total, 0)).toBe((299 * 300) / 2);
      expect(rows.reduce((sum, row) => sum + row.things, 0)).toBe(300);
    });
  });

  it('parks what cannot be applied, tells it, and tries it again by itself when its time has come', async () => {
    const model = new Boxes(store);
    let broken = true;
    model.onDerive = (box) => {
      if (broken && box === 'b') throw new Error('not now');
    };
    await start(model);
    await put(store, 'b', 2);
    await put(store, 'c', 3);
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(1));
    await eventually(() =>
      expect(told('parked')).toMatchObject([{ projection: 'boxes', key: 'b', attempts: 1 }]),
    );

    broken = false;
    clock.forward(1);
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(2));
    expect(await parked()).toEqual([]);
  });

  it('does not try a parked key before its time', async () => {
    const model = new Boxes(store);
    let tries = 0;
    model.onDerive = () => {
      tries += 1;
      throw new Error('never');
    };
    await start(model);
    await put(store, 'b', 2);
    await eventually(async () => expect(await parked()).toHaveLength(1));
    clock.forward(1);
    await eventually(async () => expect((await parked())[0]?.attempts).toBe(2));
    clock.forward(1);
    projector?.nudge();
    await put(store, 'c', 3);
    await eventually(async () => expect(await parked()).toHaveLength(2));
    expect((await parked()).find((row) => row.key === 'b')?.attempts).toBe(2);
    expect(tries).toBe(3);
  });

  it('waits out a store that is away, tells of it, and loses nothing', async () => {
    await start();
    store.failure = new HabeasError('unavailable', 'store-unavailable', 'no way to the store of Dzmitry');
    await put(store, 'a', 1);
    await eventually(() => expect(told('trouble').length).toBeGreaterThan(1));
    expect(told('trouble')[0]).toMatchObject({ doing: 'following' });
    expect(JSON.stringify(news)).not.toContain('Dzmitry');
    store.failure = undefined;
    await eventually(async () => expect(await boxesIn(database)).toHaveLength(1));
    expect(await parked()).toEqual([]);
  });

  it('waits out a read database that fails, and writes each row once', async () => {
    const model = new Boxes(store);
    let failures = 2;
    model.onWritten = () => {
      if (failures-- > 0) throw new HabeasError('storage_full', 'disk-full', 'the disk is full');
    };
    await start(model);
    await put(store, 'a', 1);
    await eventually(async () =>
      expect(await boxesIn(database)).toEqual([{ box: 'a', total: 1, things: 1 }]),
    );
    expect(told('trouble')).toHaveLength(2);
  });

  it('two of them on one database do not get in each other’s way', async () => {
    await start();
    const first = projector;
    await start();
    for (let number = 1; number <= 50; number += 1) await put(store, `${number % 5}`, number);
    await eventually(async () => {
      expect((await boxesIn(database)).reduce((sum, row) => sum + row.total, 0)).toBe(1275);
    });
    await first?.stop();
    expect(told('trouble')).toEqual([]);
  });
});
