import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { Projections } from './projections.js';
import { Projector } from './projector.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

describe.each(DATABASES)('the read models seen from outside, on %s', (_, fresh) => {
  let place: FreshDatabase;
  let clock: FixedClock;
  let store: InMemoryEventStore;
  let model: Boxes;
  let own: Kysely<BoxTables>;
  let writer: Kysely<BoxTables>;
  let reader: Kysely<BoxTables>;
  let projections: Projections;
  let projector: Projector | undefined;

  /** `heard`: its news come here, as from a projector in this process. */
  const start = async (heard = true) => {
    const tell = heard ? projections.heard.bind(projections) : () => undefined;
    projector = new Projector({ database: own, store, clock, models: [model], tell, lookEveryMs: 5 });
    await projector.start();
  };
  const applied = (boxes: number) =>
    eventually(async () => expect(await boxesIn(reader)).toHaveLength(boxes));
  const status = async () => {
    const [only] = await projections.status();
    if (!only) throw new Error('no projection');
    return only;
  };

  beforeEach(async () => {
    place = await fresh();
    [own, writer] = [place.open<BoxTables>(), place.open<BoxTables>()];
    reader = place.open<BoxTables>({ readOnly: true });
    await migrate(own, 'projections', PROJECTION_MIGRATIONS);
    clock = new FixedClock();
    store = new InMemoryEventStore();
    model = new Boxes(store);
    projector = undefined;
    projections = new Projections({
      reader,
      writer,
      store,
      clock,
      recordedAt: (event) => (JSON.parse(event.metadata) as { recordedAt: string }).recordedAt,
      models: [model],
      nudge: () => projector?.nudge(),
    });
  });
  afterEach(async () => {
    await projector?.stop();
    await place.remove();
  });

  it('are not behind when all is applied, whatever other streams hold', async () => {
    await start();
    await put(store, 'a', 1);
    await applied(1);
    const other = await store.append(
      'other-1',
      [{ eventId: '1', type: 'T', payload: '{}', metadata: '{}' }],
      'no_stream',
    );
    expect(await status()).toMatchObject({
      name: 'boxes',
      version: 1,
      head: other.position,
      lag: { events: 0, more: false, seconds: 0 },
      parked: 0,
      rebuild: null,
    });
  });

  it('are behind by the events not applied, since the oldest of them was recorded', async () => {
    await start();
    await projector?.stop();
    await put(store, 'a', 1, 2, 3);
    clock.set('2020-01-27T10:00:30.000Z');
    expect((await status()).lag).toEqual({ events: 3, more: false, seconds: 30 });
  });

  it('show a rebuild that was asked for', async () => {
    await start();
    await projector?.stop();
    await projections.requestRebuild('boxes');
    expect((await status()).rebuild).toMatchObject({ state: 'requested', done: 0 });
  });

  it('know no rebuild of a projection that is not there', async () => {
    await start();
    await expect(projections.requestRebuild('crates')).rejects.toMatchObject({ kind: 'absent' });
    expect((await status()).rebuild).toBeNull();
  });

  it('let a caller wait for what it wrote', async () => {
    await start();
    const position = await put(store, 'a', 1);
    await projections.waitFor('boxes', position, 5_000);
    expect(await boxesIn(reader)).toHaveLength(1);
  });

  it('let a caller wait for a projector of another process', async () => {
    await start(false);
    const position = await put(store, 'a', 1);
    await projections.waitFor('boxes', position, 5_000);
    expect(await boxesIn(reader)).toHaveLength(1);
  });

  it('refuse after a while a caller whose facts have not arrived', async () => {
    await start();
    await projector?.stop();
    const position = await put(store, 'a', 1);
    await expect(projections.waitFor('boxes', position, 20)).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'read-model-behind',
      details: { retryAfterSeconds: 1 },
    });
  });

  it('refuse at once a position that no command can have been given', async () => {
    await start();
    const position = await put(store, 'a', 1);
    await expect(projections.waitFor('boxes', `${position}0`, 5_000)).rejects.toMatchObject({
      kind: 'malformed',
      details: { errors: [{ pointer: '/query/minPosition' }] },
    });
  });

  it('try a parked key again when asked to', async () => {
    let broken = true;
    model.onDerive = () => {
      if (broken) throw new Error('not now');
    };
    await start();
    await put(store, 'a', 1);
    const parked = await eventually(async () => {
      const [row] = await projections.parked(10);
      if (!row) throw new Error('nothing parked');
      return row;
    });
    expect(parked).toMatchObject({ key: 'a', projection: 'boxes' });
    expect((await status()).parked).toBe(1);
    broken = false;
    await projections.retry(parked.id);
    await applied(1);
    expect(await projections.parked(10)).toEqual([]);
    await expect(projections.retry(parked.id)).rejects.toMatchObject({ kind: 'absent' });
  });
});
