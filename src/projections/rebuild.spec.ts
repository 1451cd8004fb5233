import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { EVENTS_A_BATCH } from './build.js';
import { Generations } from './generations.js';
import type { ProjectorNews } from './news.js';
import { Projector } from './projector.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

describe.each(DATABASES)('a rebuild, on %s', (_, fresh) => {
  let place: FreshDatabase;
  const clock = new FixedClock();
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
  const request = async () => {
    await new Generations(database, clock).request('boxes');
    projector?.nudge();
  };
  const states = async () => {
    const rows = await database
      .selectFrom('projection_generations')
      .selectAll()
      .orderBy('generation')
      .execute();
    return rows.map((row) => `${row.generation} v${row.version} ${row.state}`);
  };
  const rebuilt = () => eventually(() => expect(news.map((item) => item.kind)).toContain('rebuilt'));
  const tables = async () => {
    const known = await database.introspection.getTables();
    return known
      .map(({ name }) => name)
      .filter((name) => name.startsWith('boxes'))
      .toSorted();
  };
  /** Fills the store with a number in each of some boxes. */
  const fill = async (boxes: number) => {
    for (let box = 0; box < boxes; box += 1) await put(store, `b${box}`, box);
  };
  const caughtUp = async (boxes: number) =>
    eventually(async () => {
      const { count } = await database
        .selectFrom('boxes')
        .select((query) => query.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      expect(count).toBe(boxes);
    });

  beforeEach(async () => {
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

  it('puts right rows that have gone wrong, and drops the old tables', async () => {
    await fill(3);
    await start();
    await caughtUp(3);
    await database
      .updateTable('boxes_g1' as 'boxes')
      .set({ total: 99 })
      .execute();
    await request();
    await rebuilt();
    expect((await boxesIn(database)).map((row) => row.total)).toEqual([0, 1, 2]);
    await eventually(async () => expect(await states()).toEqual(['2 v1 live']));
    expect(await tables()).toEqual(['boxes', 'boxes_g2']);
  });

  it('ends with the same rows as the live ones while facts keep coming and answers keep being given', async () => {
    await fill(200);
    const model = await start();
    await caughtUp(200);
    let late = 0;
    let answered = 0;
    const recordAndAsk = async (box: string) => {
      await put(store, box, 1000);
      if ((await boxesIn(database)).length === 200) answered += 1;
    };
    // A hundred facts more come while keys are being derived, by the rebuild or by the live runner.
    model.onDerive = (box) => {
      if (late++ < 100) void recordAndAsk(box);
    };
    await request();
    await rebuilt();
    await eventually(async () => {
      const rows = await boxesIn(database);
      const derived = await Promise.all(rows.map((row) => new Boxes(store).derive(row.box)));
      expect(rows).toEqual(derived);
      expect(rows.reduce((sum, row) => sum + row.things, 0)).toBe(300);
    });
    await eventually(() => expect(answered).toBe(100));
    await eventually(async () => expect(await states()).toEqual(['2 v1 live']));
  });

  it('follows the new tables after the swap', async () => {
    await fill(2);
    await start();
    await caughtUp(2);
    await request();
    await rebuilt();
    await put(store, 'later', 7);
    await caughtUp(3);
    expect(
      await database
        .selectFrom('boxes_g2' as 'boxes')
        .selectAll()
        .execute(),
    ).toHaveLength(3);
  });

  it('goes on where it was when it is cut short', async () => {
    await fill(6_000);
    const model = await start();
    await caughtUp(6_000);
    let derived = 0;
    model.onDerive = () => {
      derived += 1;
      if (derived === 4_500) void projector?.stop();
    };
    await request();
    await eventually(() => expect(derived).toBeGreaterThanOrEqual(4_500));
    await projector?.stop();
    expect(await states()).toEqual(['1 v1 live', '2 v1 building']);

    const again = new Boxes(store);
    let derivedAgain = 0;
    again.onDerive = () => (derivedAgain += 1);
    await start(again);
    await rebuilt();
    expect(derivedAgain).toBeLessThan(6_000);
    await caughtUp(6_000);
  });

  it('is asked for once, however often it is asked', async () => {
    await fill(1);
    await start();
    await projector?.stop();
    await request();
    await request();
    expect(await states()).toEqual(['1 v1 live', '2 v1 requested']);
  });

  it('begins by itself when the read model has another version, while the old rows answer', async () => {
    await fill(3);
    await start();
    await caughtUp(3);
    await projector?.stop();
    await start(new Boxes(store, 2, 1));
    expect(await boxesIn(database)).toHaveLength(3);
    await rebuilt();
    await eventually(async () => expect(await states()).toEqual(['2 v2 live']));
  });

  it('does not answer from rows that this version cannot read', async () => {
    await fill(3);
    await start();
    await caughtUp(3);
    await projector?.stop();
    await start(new Boxes(store, 2, 2));
    await caughtUp(3);
    await eventually(async () => expect(await states()).toEqual(['2 v2 live']));
    expect(await tables()).toEqual(['boxes', 'boxes_g2']);
  });

  it('drops a build that another version began', async () => {
    await fill(3);
    await start();
    await caughtUp(3);
    await projector?.stop();
    await request();
    await new Generations(database, clock).coming(new Boxes(store), undefined);
    expect(await states()).toEqual(['1 v1 live', '2 v1 building']);
    await start(new Boxes(store, 2, 1));
    await rebuilt();
    await eventually(async () => expect(await states()).toEqual(['3 v2 live']));
  });

  it('says how far it is', async () => {
    await fill(4_500);
    await start();
    await caughtUp(4_500);
    await request();
    await rebuilt();
    expect(news.find((item) => item.kind === 'progress')).toMatchObject({
      progress: { done: EVENTS_A_BATCH, total: 4500 },
    });
  });

  it('takes what it cannot apply along as parked', async () => {
    await put(store, 'bad', 'x');
    await fill(1);
    await start();
    await caughtUp(1);
    await request();
    await rebuilt();
    await eventually(async () => {
      const parked = await database.selectFrom('parked').select(['key', 'generation']).execute();
      expect(parked).toMatchObject([{ key: 'bad', generation: 2 }]);
    });
  });
});
