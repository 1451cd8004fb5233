import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { DATABASES, type FreshDatabase } from '../../test/support/databases.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { migrate } from '../database/migrate.js';
import { HabeasError } from '../errors.js';
import { Build } from './build.js';
import { DerivingHere, type Deriving } from './deriving.js';
import { Generations } from './generations.js';
import { prepared } from './pipeline.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

describe.each(DATABASES)('batches on their way into a build, on %s', (kind, fresh) => {
  let place: FreshDatabase;
  const clock = new FixedClock();
  let database: Kysely<BoxTables>;
  let store: InMemoryEventStore;
  let asked: string[];

  beforeEach(async () => {
    place = await fresh();
    database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    store = new InMemoryEventStore();
    asked = [];
    for (const box of ['a', 'b', 'c', 'a', 'd']) await put(store, box, 1);
  });
  afterEach(() => place.remove());

  const begun = async (elsewhere: boolean): Promise<[Build, Deriving]> => {
    const model = new Boxes(store);
    const here = new DerivingHere(model);
    const deriving: Deriving = {
      elsewhere,
      derive: (keys) => {
        asked.push(...keys);
        return here.derive(keys);
      },
      close: () => here.close(),
    };
    const state = await new Generations(database, clock).live(model, undefined);
    return [new Build(database, clock, model, deriving, state), deriving];
  };
  const one = () => store.readAll(undefined, undefined, 1);

  it.each([true, false])(
    'all arrive, in their order, with the rows worked out elsewhere: %p',
    async (elsewhere) => {
      const [build, deriving] = await begun(elsewhere);
      const positions: string[] = [];
      for await (const batch of prepared(build, one(), deriving)) {
        await build.commit(batch);
        positions.push(build.state.position ?? '');
      }
      expect(positions).toEqual(positions.toSorted());
      expect(await boxesIn(database)).toEqual([
        { box: 'a', total: 2, things: 2 },
        { box: 'b', total: 1, things: 1 },
        { box: 'c', total: 1, things: 1 },
        { box: 'd', total: 1, things: 1 },
      ]);
    },
  );

  it('are worked out a few ahead of the writing where that is done elsewhere, and here only if a server writes', async () => {
    for (const elsewhere of [true, false]) {
      const [build, deriving] = await begun(elsewhere);
      asked = [];
      for await (const batch of prepared(build, one(), deriving)) {
        expect(asked.slice(0, 3)).toEqual(elsewhere || kind === 'PostgreSQL' ? ['a', 'b', 'c'] : ['a']);
        expect(asked.length).toBeLessThanOrEqual(4);
        await build.commit(batch);
        break;
      }
    }
  });

  it('end with the failure of one, and those before it are written', async () => {
    const [build, deriving] = await begun(true);
    const failing: Deriving = {
      ...deriving,
      derive: async (keys) => {
        if (keys.includes('c')) throw new HabeasError('unavailable', 'gone', 'gone');
        return deriving.derive(keys);
      },
    };
    const model = new Boxes(store);
    const failingBuild = new Build(database, clock, model, failing, build.state);
    const feed = async () => {
      for await (const batch of prepared(failingBuild, one(), failing)) await failingBuild.commit(batch);
    };
    await expect(feed()).rejects.toThrow('gone');
    expect((await boxesIn(database)).map(({ box }) => box)).toEqual(['a', 'b']);
  });
});
