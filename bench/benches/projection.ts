import { inTurns, runBench, say } from '../harness/program.js';
import { Service } from '../harness/service.js';
import { StoresElsewhere } from '../harness/stores-elsewhere.js';
import { EmmettOnPostgres } from '../rivals/emmett-postgresql.js';
import { FACTS_A_CASE } from '../rebuild-facts.js';
import { appendsOf } from '../work/facts-to-append.js';
import { writeStore } from '../work/write-store.js';

/** The double holds them in memory, and Emmett takes a minute for so many. */
const MOST_FACTS = 100_000;
const MOST_ROUNDS = 3;
/** What is not held to anything is told of fewer. */
const FEW_FACTS = 10_000;
/** Beyond its defaults (100 events each 50 ms): what a user would set to have a long backlog projected soon. */
const EAGER = { batchSize: 1_000, pullingFrequencyInMs: 0 };
/** As many as Emmett has connections. */
const INLINE_WRITERS = 10;

await runBench(async ({ folder, rounds, facts: asked }) => {
  const facts = Math.min(asked, MOST_FACTS);
  const fewFacts = Math.min(facts, FEW_FACTS);
  const stores = await StoresElsewhere.start(folder);
  const store = stores.openEventStore();
  const caseIds = await writeStore(store, facts);
  await store.close();
  const service = await Service.start(folder, stores.env);
  say(`read model filled for the first time in ${(await service.caughtUp()).toFixed(1)} s`);

  const emmett = await emmettWith(facts, 'emmett');
  const emmettWithFew = await emmettWith(fewFacts, 'emmett_few');
  const rates = await inTurns(
    Math.min(rounds, MOST_ROUNDS),
    {
      product: async () => {
        const began = performance.now();
        await service.requestRebuild();
        await service.rebuilt();
        return facts / ((performance.now() - began) / 1000);
      },
      eager: (_: void, round: number) => projected(emmett, facts, `eager_${round}`, EAGER),
      default: (_: void, round: number) => projected(emmettWithFew, fewFacts, `default_${round}`),
      inline: (_: void, round: number) => projectedInline(fewFacts, `inline_${round}`),
    },
    () => undefined,
  );
  await service.stop();
  await emmett.close();
  await emmettWithFew.close();
  await stores.stop();

  const what = `${facts.toLocaleString('en')} facts in ${caseIds.length.toLocaleString('en')} cases projected into PostgreSQL`;
  const product = rates.product;
  return [
    { what, unit: '/s', product, target: { atLeast: 10_000 } },
    {
      what,
      unit: '/s',
      product,
      baseline: {
        name: `Emmett on PostgreSQL, one table; batches of ${EAGER.batchSize}, no pauses`,
        rounds: rates.eager,
      },
      target: { timesBaseline: 3 },
    },
    {
      what,
      unit: '/s',
      product,
      baseline: { name: 'the same as it comes, 100 each 50 ms', rounds: rates.default },
    },
    {
      what,
      unit: '/s',
      product,
      baseline: {
        name: 'the same, appended and projected inline, ten facts an append',
        rounds: rates.inline,
      },
    },
  ];

  async function emmettWith(some: number, name: string): Promise<EmmettOnPostgres> {
    const opened = await EmmettOnPostgres.open(await stores.postgres.database(name));
    const rate = await opened.append(appendsOf(1, some));
    say(`${some.toLocaleString('en')} facts appended to Emmett, ${Math.round(rate).toLocaleString('en')}/s`);
    return opened;
  }

  /** Its way of projecting what is just being appended, in the same transaction. Appending is in the figure. */
  async function projectedInline(some: number, name: string): Promise<number> {
    const opened = await EmmettOnPostgres.open(await stores.postgres.database(name), { inline: true });
    const rate = await opened.append(appendsOf(INLINE_WRITERS, some / INLINE_WRITERS));
    await checkAll(opened, some);
    await opened.close();
    return rate;
  }
});

async function projected(
  emmett: EmmettOnPostgres,
  facts: number,
  name: string,
  pulling?: typeof EAGER,
): Promise<number> {
  const rate = await emmett.project(name, pulling);
  await checkAll(emmett, facts);
  return rate;
}

async function checkAll(emmett: EmmettOnPostgres, facts: number): Promise<void> {
  if ((await emmett.projectedCases()) !== facts / FACTS_A_CASE)
    throw new Error('Emmett has not projected all');
}
