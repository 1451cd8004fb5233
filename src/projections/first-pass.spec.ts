import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { Build } from './build.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { firstPass } from './first-pass.js';
import { Generations } from './generations.js';
import { type GenerationRow, PROJECTION_MIGRATIONS } from './tables.js';

/** Notes which streams it was asked for. */
class WatchedStore extends InMemoryEventStore {
  readonly asked: string[] = [];

  override async read(stream: string, fromRevision?: number) {
    this.asked.push(stream);
    return super.read(stream, fromRevision);
  }
}

describe.each(DATABASES)('a first pass, on %s', (_, fresh) => {
  const clock = new FixedClock();
  const { signal } = new AbortController();
  let place: FreshDatabase;
  let database: Kysely<BoxTables>;
  let store: WatchedStore;
  let model: Boxes;

  beforeEach(async () => {
    place = await fresh();
    database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    store = new WatchedStore();
    model = new Boxes(store);
    for (const box of ['a', 'b', 'a', 'c']) await put(store, box, 1);
  });
  afterEach(() => place.remove());

  const begun = async (deriving: Deriving, more: Partial<GenerationRow> = {}): Promise<Build> => {
    const state = await new Generations(database, clock).live(model, await store.head());
    return new Build(database, clock, model, deriving, { ...state, ...more });
  };
  const pass = async (build: Build, deriving: Deriving) => {
    for await (const batch of firstPass(build, { model, store, deriving, signal })) await build.commit(batch);
  };
  const ALL = [
    { box: 'a', total: 2, things: 2 },
    { box: 'b', total: 1, things: 1 },
    { box: 'c', total: 1, things: 1 },
  ];

  it('reads what can be held once', async () => {
    const here = new DerivingHere(model);
    await pass(await begun(here), here);
    expect(await boxesIn(database)).toEqual(ALL);
    expect(store.asked).toEqual([]);
  });

  it('reads each stream where there is more', async () => {
    const here = new DerivingHere(model);
    await pass(await begun(here, { events_expected: 1_000_000 }), here);
    expect(await boxesIn(database)).toEqual(ALL);
    expect(store.asked.toSorted()).toEqual(['box-a', 'box-b', 'box-c']);
  });

  it('leaves reading to other threads, if there are any', async () => {
    const here = new DerivingHere(model);
    const elsewhere: Deriving = {
      elsewhere: true,
      derive: (keys) => here.derive(keys),
      close: () => here.close(),
    };
    await pass(await begun(elsewhere), elsewhere);
    expect(await boxesIn(database)).toEqual(ALL);
    expect(store.asked.toSorted()).toEqual(['box-a', 'box-b', 'box-c']);
  });

  it('goes on where another was cut short, with streams that began before', async () => {
    const here = new DerivingHere(model);
    const build = await begun(here);
    const [first, ...rest] = await store.read('box-a');
    expect(rest).toHaveLength(1);
    await build.apply([first!]);
    await put(store, 'b', 5);
    store.asked.length = 0;
    await pass(build, here);
    expect(await boxesIn(database)).toEqual([ALL[0], { box: 'b', total: 6, things: 2 }, ALL[2]]);
    expect(store.asked).toEqual([]);
  });

  it('holds one log at a time', async () => {
    const here = new DerivingHere(model);
    const first = firstPass(await begun(here), { model, store, deriving: here, signal });
    await first.next();
    await pass(await begun(here), here);
    expect(store.asked.toSorted()).toEqual(['box-a', 'box-b', 'box-c']);

    await first.return(undefined);
    store.asked.length = 0;
    await pass(await begun(here, { position: null }), here);
    expect(store.asked).toEqual([]);
  });

  it('applies from the store what was recorded while it went on', async () => {
    const here = new DerivingHere(model);
    const build = await begun(here);
    let late = 0;
    model.onDerive = (box) => {
      if (late++ < 3) void put(store, box, 10);
    };
    await pass(build, here);
    expect(store.asked).toEqual([]);
    await pass(build, here);
    expect(store.asked.toSorted()).toEqual(['box-a', 'box-b', 'box-c']);
    expect(await boxesIn(database)).toEqual(
      ALL.map((row) => ({ ...row, total: row.total + 10, things: row.things + 1 })),
    );
  });
});
