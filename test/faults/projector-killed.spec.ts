import { setImmediate, setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql, type Kysely } from 'kysely';
import { CASES } from '../../src/cases/read-models/case-read-model.js';
import { CASE_TABLES } from '../../src/cases/read-models/case-tables.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { connectionTo } from '../support/connection-to.js';
import { EventStoreDBEventStore } from '../../src/event-store/eventstoredb/eventstoredb-event-store.js';
import { toPosition } from '../../src/event-store/eventstoredb/position.js';
import { Generations } from '../../src/projections/generations.js';
import type { ProjectionTables } from '../../src/projections/tables.js';
import { openReadDatabase, prepareReadDatabase, readModelsIn } from '../../src/projector.js';
import { CasesAtWork } from '../support/cases-at-work.js';
import { EventStoreDouble } from '../support/eventstoredb-double/eventstore-double.js';
import { eventually } from '../support/eventually.js';
import { FixedClock } from '../support/fixed-clock.js';
import { Installation, type ChildService } from '../support/installation.js';
import { differences, foldedRows, keptRows } from '../support/kept-rows.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';
import { seededRandom } from '../support/random.js';
import { faultsIn, movesIn, noteMoves, type Move } from './support/checkpoint-history.js';
import { ProjectorPair } from './support/projector-pair.js';

const KILLS = 50;
const SEED = 20200809;
/** After every so many kills a rebuild is asked for, nobody is left to take over, or it is seen to that somebody is. */
const [REBUILD_EVERY, BOTH_EVERY, BESIDE_EVERY] = [10, 7, 2];
/** Not more is left to be done: on a slow machine a projector that has just started would never get through. */
const MOST_OUTSTANDING = 100;
const MOST_TURNS = 100;
/** Between two rounds at the cases, so that whoever projects has a processor, too. */
const BREATH_MS = 50;
const LONG = 1_800_000;

/** What a projector was doing when it was killed. */
interface Moment {
  /** Events in the store that no committed row shows yet. */
  outstanding: number;
  /** A batch was half written. */
  isWriting: boolean;
  isRebuilding: boolean;
  /** Who went on had been standing by; else it had to be started first. */
  takenOver: boolean;
}

const random = seededRandom(SEED);
const upTo = (most: number): number => Math.floor(random() * most);

let double: EventStoreDouble;
let postgres: FreshPostgres;
let store: EventStore;
let installation: Installation;
let database: Kysely<ProjectionTables>;
let generations: Generations;
let cases: CasesAtWork;
let projectors: ProjectorPair;
let stopRecording = async (): Promise<void> => undefined;

beforeAll(async () => {
  [double, postgres, installation] = await Promise.all([
    EventStoreDouble.start(),
    freshPostgres(),
    Installation.make(),
  ]);
  const to = connectionTo(double.connectionString);
  store = new EventStoreDBEventStore(to);
  const location = readModelsIn({ dataDir: installation.dataDir, databaseUrl: postgres.url });
  await prepareReadDatabase(location);
  await noteMoves(postgres, 'habeas_read');
  database = openReadDatabase(location);
  generations = new Generations(database, new FixedClock());
  cases = new CasesAtWork(store, SEED);
  const settings = {
    HABEAS_ROLES: 'projector',
    EVENTSTORE_URL: double.connectionString,
    DATABASE_URL: postgres.url,
  };
  await installation.compile(settings);
  projectors = new ProjectorPair(installation, settings);
}, LONG);

afterAll(async () => {
  await stopRecording();
  await projectors.end();
  await installation.remove();
  await database.destroy();
  await store.close();
  await double.stop();
  await postgres.drop();
});

const live = () => generations.find(CASES, ['live']);

const applied = async (): Promise<number> => (await live())?.events ?? 0;

/** How many events of the store stand at a position or before it. */
function eventsUpTo(): (position: string) => number {
  const places = new Map(double.data.events.map(({ position }, n) => [toPosition({ commit: position }), n]));
  return (position) => (places.get(position) ?? -1) + 1;
}

/** Records, as long as there is not too much left to do, until the function that it gives is called. */
function keepRecording(): () => Promise<void> {
  let isOver = false;
  const recording = (async () => {
    while (!isOver) {
      if (cases.recorded - (await applied()) < MOST_OUTSTANDING) await cases.goOn();
      await pause(BREATH_MS);
    }
  })();
  return async () => {
    isOver = true;
    await recording;
  };
}

/** Waits for a moment that nobody could foresee, in the life of a projector that has its turn. */
async function anyMoment(): Promise<void> {
  const kind = random();
  // Else whatever it has just begun: its first batch, or a rebuild that is gone on with.
  if (kind > 0.2) {
    const later = (await applied()) + 1 + upTo(MOST_OUTSTANDING);
    await eventually(async () => (await applied()) >= later, LONG);
  }
  if (kind > 0.6) await eventually(isWriting, LONG);
  else for (let turn = upTo(MOST_TURNS); turn > 0; turn -= 1) await setImmediate();
}

/** Whether a transaction has written something, and is not over. */
async function isWriting(): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (select from pg_stat_activity
                   where datname = current_database() and application_name = 'habeas read models'
                     and backend_xid is not null) as found`.execute(database);
  return rows[0]?.found === true;
}

/** Kills it as it stands: it is stopped where it is, looked at, and never goes on. */
async function kill(victim: ChildService): Promise<Omit<Moment, 'takenOver'>> {
  victim.process.kill('SIGSTOP');
  const moment = {
    isWriting: await isWriting(),
    isRebuilding: (await generations.find(CASES, ['building'])) !== undefined,
    outstanding: cases.recorded - (await applied()),
  };
  await projectors.kill(victim);
  return moment;
}

async function killAgainAndAgain(): Promise<Moment[]> {
  const moments: Moment[] = [];
  let victim = await projectors.working();
  while (moments.length < KILLS) {
    const kills = moments.length + 1;
    if (kills % REBUILD_EVERY === 0) await generations.request(CASES);
    if (kills % BESIDE_EVERY === 0) await projectors.bothUp();
    await anyMoment();
    const standingBy = projectors.up.filter((one) => one !== victim);
    const moment = await kill(victim);
    if (kills % BOTH_EVERY === 0) for (const one of standingBy) await projectors.kill(one);
    projectors.start();
    victim = await projectors.working();
    moments.push({ ...moment, takenOver: standingBy.includes(victim) });
  }
  return moments;
}

it(
  `killed ${KILLS} times (seed ${SEED}) while facts are recorded, projectors leave the rows that are folded from all of them`,
  async () => {
    projectors.start();
    stopRecording = keepRecording();
    const moments = await killAgainAndAgain();
    await stopRecording();
    const head = await store.head();
    await eventually(async () => {
      const builds = database.selectFrom('projection_generations').where('projection', '=', CASES);
      expect(await builds.select(['state', 'position']).execute()).toEqual([
        { state: 'live', position: head },
      ]);
    }, LONG);
    await projectors.end();
    const rows = await keptRows(database);
    expect(CASE_TABLES.filter((table) => rows.get(table)?.length === 0)).toEqual([]);
    expect(differences(rows, await foldedRows(store))).toEqual([]);
    expect(await database.selectFrom('parked').selectAll().execute()).toEqual([]);
    const moves = await movesIn(postgres);
    expect(moves.length).toBeGreaterThan(KILLS);
    expect(faultsIn(moves, eventsUpTo())).toEqual([]);
    const generation = (await live())?.generation;
    expect(await tablesLeft()).toEqual(CASE_TABLES.map((table) => `${table}_g${generation}`).toSorted());

    const count = (is: (moment: Moment) => boolean): number => moments.filter(is).length;
    const behind = count(({ outstanding }) => outstanding > 0);
    const [writing, rebuilding] = [count((one) => one.isWriting), count((one) => one.isRebuilding)];
    const takenOver = count((one) => one.takenOver);
    process.stdout.write(
      `${KILLS} kills: ${behind} with events outstanding, ${writing} within a transaction, ${rebuilding} during a rebuild; ` +
        `${takenOver} taken over, ${KILLS - takenOver} started anew; ${cases.recorded} events in ${moves.length} commits\n`,
    );
    expect(behind).toBeGreaterThan(KILLS / 2);
    expect(Math.min(writing, rebuilding, takenOver)).toBeGreaterThan(0);
    expect(KILLS - takenOver).toBeGreaterThanOrEqual(Math.floor(KILLS / BOTH_EVERY));
  },
  LONG,
);

async function tablesLeft(): Promise<string[]> {
  const tables = await postgres.ask<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'habeas_read' and tablename ~ '_g[0-9]+$' and tablename !~ '^access'`,
  );
  return tables.map(({ name }) => name).toSorted();
}

describe('this examination would see', () => {
  it('a checkpoint that was moved without its rows', async () => {
    await cases.open();
    const position = (await store.head()) ?? '';
    await database.updateTable('projection_generations').set({ position }).execute();
    const found = differences(await keptRows(database), await foldedRows(store));
    expect(found).toContainEqual(expect.stringMatching(/^cases: missing/));
  }, 120_000);

  it('a row that is missing, or left behind', async () => {
    const rows = await keptRows(database);
    const [, ...others] = rows.get('case_terms') ?? [];
    const fewer = new Map(rows).set('case_terms', others);
    expect(differences(fewer, rows)).toEqual([expect.stringMatching(/^case_terms: missing/)]);
    expect(differences(rows, fewer)).toEqual([expect.stringMatching(/^case_terms: not expected/)]);
  });

  const move = (step: number, position: string | null, more: Partial<Move> = {}): Move => ({
    generation: 1,
    state: 'live',
    step,
    position,
    events: Number(position ?? 0),
    ...more,
  });
  it.each<[string, Move[], string]>([
    ['a checkpoint that goes back', [move(2, '1')], 'build 1, step 2: goes back to 1'],
    ['a commit upon a state that is not the last', [move(3, '3')], 'build 1, step 3: follows step 1'],
    ['an event applied twice', [move(2, '3', { events: 4 })], 'build 1, step 2: 4 of 3 events applied'],
    [
      'a build that takes over before it is as far',
      [move(0, '1', { generation: 2 })],
      'build 2, step 0: answers go back to 1',
    ],
  ])('%s', (_, further, fault) => {
    const moves = [move(0, null), move(1, '2')];
    expect(faultsIn(moves, Number)).toEqual([]);
    expect(faultsIn([...moves, ...further], Number)).toContain(fault);
  });
});
