import { cpSync } from 'node:fs';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { inTurns, runBench } from '../harness/program.js';
import { EmmettStore } from '../rivals/emmett.js';
import { FACTS_A_CASE } from '../rebuild-facts.js';
import { appendThrough } from '../work/append-through-store.js';
import { appendsOf, type OneAppend } from '../work/facts-to-append.js';
import { projectCases } from '../work/project-cases.js';

const WRITERS = 64;
const APPENDS_EACH = { product: 500, emmett: 150 };
/** Emmett's projections take a minute for ten times as many. */
const PROJECTED = 10_000;
const MOST_PROJECTING_ROUNDS = 3;
/** Beyond its defaults (100 events each 50 ms): what a user would set to have a long backlog projected soon. */
const EAGER = { batchSize: 1_000, pullingFrequencyInMs: 0 };

await runBench(async ({ folder, rounds }) => {
  const appends = await inTurns(
    rounds,
    {
      store: async (_: void, round: number) =>
        appendToStore(`${folder}/${round}`, appendsOf(WRITERS, APPENDS_EACH.product)),
      emmett: async (_: void, round: number) => {
        const store = await EmmettStore.open(`${folder}/emmett-${round}.db`);
        const rate = await store.append(appendsOf(WRITERS, APPENDS_EACH.emmett));
        store.close();
        return rate;
      },
    },
    () => undefined,
  );

  const facts = appendsOf(FACTS_A_CASE, PROJECTED / FACTS_A_CASE);
  await appendToStore(`${folder}/facts`, facts);
  const emmett = await EmmettStore.open(`${folder}/emmett-facts.db`);
  await emmett.append(facts);
  const project = async (round: number, pulling?: typeof EAGER): Promise<number> => {
    const rate = await emmett.project(`cases-${pulling ? 'eager' : 'default'}-${round}`, pulling);
    if ((await emmett.projectedCases()) !== PROJECTED / FACTS_A_CASE)
      throw new Error('Emmett has not projected all');
    return rate;
  };
  const projections = await inTurns(
    Math.min(rounds, MOST_PROJECTING_ROUNDS),
    {
      product: (_: void, round: number) => {
        const copy = `${folder}/facts-${round}`;
        cpSync(`${folder}/facts`, copy, { recursive: true });
        return projectCases(copy, PROJECTED);
      },
      emmett: (_: void, round: number) => project(round),
      'emmett, eager': (_: void, round: number) => project(round, EAGER),
    },
    () => undefined,
  );
  emmett.close();
  const what = `facts projected, ${PROJECTED.toLocaleString('en')} facts`;
  return [
    {
      what: `appends, ${WRITERS} writers, synchronous=FULL`,
      unit: '/s',
      product: appends.store,
      baseline: { name: 'Emmett on SQLite', rounds: appends.emmett },
      target: { timesBaseline: 5 },
    },
    {
      what,
      unit: '/s',
      product: projections.product,
      baseline: { name: 'Emmett on SQLite, one table', rounds: projections.emmett },
      target: { timesBaseline: 20 },
    },
    {
      what,
      unit: '/s',
      product: projections.product,
      baseline: {
        name: `the same, batches of ${EAGER.batchSize}, no pauses`,
        rounds: projections['emmett, eager'],
      },
    },
  ];
});

async function appendToStore(folder: string, work: readonly OneAppend[][]): Promise<number> {
  const store = new SqliteEventStore({ folder });
  const rate = await appendThrough(store, work);
  await store.close();
  return rate;
}
