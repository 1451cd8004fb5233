import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Kysely } from 'kysely';
import { Boxes, type BoxTables, boxesIn, put } from '../../test/support/boxes.js';
import { freshSchema, type FreshDatabase } from '../../test/support/databases.js';
import { eventually } from '../../test/support/eventually.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { InMemoryEventStore } from '../../test/support/in-memory-event-store.js';
import { type FreshPostgres } from '../../test/support/postgres.js';
import { holdLock } from '../database/advisory-lock.js';
import { migrate } from '../database/migrate.js';
import { Generations } from './generations.js';
import type { ProjectorNews } from './news.js';
import { Projector } from './projector.js';
import { PROJECTION_MIGRATIONS } from './tables.js';

/** A projector as in a process of its own: only the store and the database are common. */
interface Process {
  projector: Projector;
  derived: string[];
  news: ProjectorNews[];
}

describe('two processes that project into one PostgreSQL database', () => {
  let place: FreshDatabase & Pick<FreshPostgres, 'ask'>;
  let store: InMemoryEventStore;
  let database: Kysely<BoxTables>;
  let processes: Process[];

  beforeEach(async () => {
    place = await freshSchema();
    database = place.open<BoxTables>();
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
    store = new InMemoryEventStore();
    processes = [];
  });
  afterEach(async () => {
    await Promise.all(processes.map(({ projector }) => projector.stop()));
    await place.remove();
  });

  const start = async (): Promise<Process> => {
    const { url } = place.location as { url: string };
    const model = new Boxes(store);
    const derived: string[] = [];
    model.onDerive = (box) => derived.push(box);
    const news: ProjectorNews[] = [];
    const projector = new Projector({
      database: place.open<BoxTables>(),
      store,
      clock: new FixedClock(),
      models: [model],
      tell: (item) => news.push(item),
      takeTurn: (name, signal, work) => holdLock({ url, name, signal }, work),
      lookEveryMs: 5,
    });
    const process = { projector, derived, news };
    processes.push(process);
    await projector.start();
    return process;
  };
  const shown = (count: number) =>
    eventually(async () => expect(await boxesIn(database)).toHaveLength(count));
  const hasTurn = ({ news }: Process) => news.findLast((item) => item.kind === 'turn')?.begins === true;
  const lockSessions = () =>
    place.ask<{ pid: number }>(
      "select pid from pg_stat_activity where datname = current_database() and application_name = 'habeas lock'",
    );

  it('take turns: one works, the other answers from its tables and waits', async () => {
    const first = await start();
    const second = await start();
    for (let box = 0; box < 20; box += 1) await put(store, `b${box}`, box);
    await shown(20);
    expect(first.derived.length).toBeGreaterThan(0);
    expect(second.derived).toEqual([]);
    expect([hasTurn(first), hasTurn(second)]).toEqual([true, false]);
  });

  it('the other goes on where the one was when that one has lost its connection', async () => {
    const first = await start();
    await put(store, 'a', 1);
    await shown(1);
    const [session] = await lockSessions();
    const second = await start();
    await place.ask('select pg_terminate_backend($1)', session?.pid);
    await eventually(() => expect([hasTurn(first), hasTurn(second)]).toEqual([false, true]));
    const before = first.derived.length;
    await put(store, 'b', 2);
    await shown(2);
    expect(second.derived).toEqual(['b']);
    expect(first.derived).toHaveLength(before);
    await eventually(() =>
      expect(first.news).toContainEqual(expect.objectContaining({ kind: 'trouble', doing: 'taking turns' })),
    );
  });

  it('the other goes on when the one has stopped, and the lock is free when both have', async () => {
    const first = await start();
    const second = await start();
    await put(store, 'a', 1);
    await shown(1);
    await first.projector.stop();
    await put(store, 'b', 2);
    await shown(2);
    expect(second.derived).toEqual(['b']);
    await second.projector.stop();
    await eventually(async () => expect(await lockSessions()).toEqual([]));
    const third = await start();
    await eventually(() => expect(hasTurn(third)).toBe(true));
  });

  it('a rebuild that the one began is gone on with by the other', async () => {
    for (let box = 0; box < 3_000; box += 1) await put(store, `b${box}`, box);
    const first = await start();
    await shown(3_000);
    const second = await start();
    await new Generations(database, new FixedClock()).request('boxes');
    await eventually(() => expect(first.news.some(({ kind }) => kind === 'progress')).toBe(true));
    await first.projector.stop();
    await eventually(() => {
      const rebuilt = [...first.news, ...second.news].filter(({ kind }) => kind === 'rebuilt');
      expect(rebuilt).toHaveLength(1);
    });
    await shown(3_000);
  });
});
