import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { holdLock } from '../../src/database/advisory-lock.js';
import { migrate } from '../../src/database/migrate.js';
import { openPostgres } from '../../src/database/postgres.js';
import type { ProjectorNews } from '../../src/projections/news.js';
import { Projector } from '../../src/projections/projector.js';
import { PROJECTION_MIGRATIONS } from '../../src/projections/tables.js';
import { Boxes, type BoxTables, boxesIn, put } from '../support/boxes.js';
import { freshSchema } from '../support/databases.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { InMemoryEventStore } from '../support/in-memory-event-store.js';
import { TcpProxy, type Direction } from '../support/tcp-proxy.js';

const places = (from: number, to: number, every: number): readonly number[] =>
  Array.from({ length: Math.ceil((to - from) / every) }, (_, step) => from + step * every);

/**
 * After how many bytes. A batch takes some thirty messages each way, and each of them is met. It is answered in some
 * 260 bytes, the last 18 of them for its commit: around these every other byte, for what comes in front may vary.
 */
const CUTS = { replies: [...places(0, 220, 17), ...places(220, 290, 2)], requests: places(0, 2440, 61) };

describe('a projector whose connection to PostgreSQL is cut', () => {
  let place: Awaited<ReturnType<typeof freshSchema>>;
  let proxy: TcpProxy;
  let near: Kysely<BoxTables>;
  let far: Kysely<BoxTables>;
  let store: InMemoryEventStore;
  let projector: Projector;
  let news: ProjectorNews[];

  beforeEach(async () => {
    place = await freshSchema();
    near = place.open<BoxTables>();
    await migrate(near, 'projections', PROJECTION_MIGRATIONS);
    const { url, schema } = place.location as { url: string; schema: string };
    proxy = await TcpProxy.start(Number(new URL(url).port));
    const throughProxy = new URL(url);
    throughProxy.hostname = '127.0.0.1';
    throughProxy.port = String(proxy.port);
    far = openPostgres<BoxTables>(throughProxy.href, { schema, applicationName: 'far', poolSize: 1 });
    store = new InMemoryEventStore();
    news = [];
    projector = new Projector({
      database: far,
      store,
      clock: new FixedClock(),
      models: [new Boxes(store)],
      tell: (item) => news.push(item),
      takeTurn: (name, signal, work) => holdLock({ url, name, signal }, work),
      // Nothing but batches is to pass through the proxy.
      lookEveryMs: 3_600_000,
    });
    await projector.start();
  });
  afterEach(async () => {
    await projector.stop();
    await proxy.stop();
    await far.destroy();
    await place.remove();
  });

  const boxesShown = (count: number) =>
    eventually(async () => expect(await boxesIn(near)).toHaveLength(count));

  it.each(Object.entries(CUTS) as [Direction, readonly number[]][])(
    'anywhere in the %s: goes on by itself, and applies each event once',
    async (direction, cuts) => {
      const count = cuts.length;
      await put(store, 'first', 1);
      await boxesShown(1);
      for (const [cut, afterBytes] of cuts.entries()) {
        void proxy.cutAt(direction, afterBytes);
        await put(store, `b${cut}`, cut, cut);
        await boxesShown(cut + 2);
      }
      proxy.heal();
      await put(store, 'last', 1);
      await boxesShown(count + 2);
      const counted = await near.selectFrom('projection_generations').select(['state', 'events']).execute();
      expect(counted).toEqual([{ state: 'live', events: 2 * count + 2 }]);
      expect(await near.selectFrom('parked').selectAll().execute()).toEqual([]);
      expect((await boxesIn(near)).filter(({ things }) => things === 2)).toHaveLength(count);
      const codes = news.flatMap((item) => (item.kind === 'trouble' ? [item.message.split(':')[0]] : []));
      expect(codes).toContain('database-unavailable');
      if (direction === 'replies') expect(codes).toContain('outcome-unknown');
    },
    120_000,
  );
});
