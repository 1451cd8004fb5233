import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { inTurns, runBench } from '../harness/program.js';
import { appendRaw } from '../rivals/raw-append.js';
import { appendThrough } from '../work/append-through-store.js';
import { appendsOf, type OneAppend } from '../work/facts-to-append.js';

const WRITERS = 64;
const APPENDS_EACH = 500;

await runBench(async ({ folder, rounds }) => {
  const contestants = {
    store: async (work: readonly OneAppend[][], round: number) => {
      const store = new SqliteEventStore({ folder: `${folder}/${round}` });
      const rate = await appendThrough(store, work);
      await store.close();
      return rate;
    },
    raw: (work: readonly OneAppend[][], round: number) => appendRaw(`${folder}/raw-${round}.db`, work),
  };
  const { store, raw } = await inTurns(rounds, contestants, () => appendsOf(WRITERS, APPENDS_EACH));
  return [
    {
      what: `appends, ${WRITERS} writers, synchronous=FULL`,
      unit: '/s',
      product: store,
      baseline: { name: `raw node:sqlite, groups of ${WRITERS}`, rounds: raw },
      target: { timesBaseline: 0.5 },
    },
  ];
});
