import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { keysOf } from '../harness/keys.js';
import { median, percentile } from '../harness/figure.js';
import { inTurns, runBench, say } from '../harness/program.js';
import { dataOf, Service } from '../harness/service.js';
import { foldByHand } from '../rivals/hand-written-fold.js';
import { AnswersMeanwhile } from '../work/answers-meanwhile.js';
import { writeStore } from '../work/write-store.js';

/** More turns would take long, and tell little: each is a long measurement by itself. */
const MOST_ROUNDS = 3;

await runBench(async ({ folder, rounds, facts }) => {
  const store = new SqliteEventStore({ folder: dataOf(folder) });
  const { keys, close } = await keysOf(folder);
  const caseIds = await writeStore(store, facts, keys);
  await store.close();
  await close();
  const service = await Service.start(folder);
  say(`read model filled for the first time in ${(await service.caughtUp()).toFixed(1)} s`);

  const answers = new AnswersMeanwhile(service.caseworker(), caseIds);
  const rates = await inTurns(
    Math.min(rounds, MOST_ROUNDS),
    {
      rebuild: async () => {
        const began = performance.now();
        await service.requestRebuild();
        await answers.askWhile(() => service.isRebuilding());
        return facts / ((performance.now() - began) / 1000);
      },
      'by hand': (_: void, round: number) => foldByHand(dataOf(folder), `${folder}/by-hand-${round}.db`),
    },
    () => undefined,
  );
  const peak = service.peakMemory();
  answers.end();
  await service.stop();
  return [
    {
      what: `rebuild of ${facts.toLocaleString('en')} facts in ${caseIds.length.toLocaleString('en')} cases`,
      unit: '/s',
      product: rates.rebuild,
      baseline: { name: 'hand-written loop into one table', rounds: rates['by hand'] },
      target: { timesBaseline: 1 / 3 },
    },
    ...(peak === undefined
      ? []
      : [
          {
            what: 'peak memory of the service',
            unit: 'MB',
            product: [peak],
            target: { below: 600 },
          } as const,
        ]),
    {
      what: 'questions answered during rebuilds',
      unit: '%',
      product: [answers.answeredPercent],
      target: { atLeast: 100 },
    },
    { what: 'median of those answers', unit: 'ms', product: [median(answers.times)] },
    { what: '99th percentile of those answers', unit: 'ms', product: [percentile(answers.times, 0.99)] },
  ];
});
