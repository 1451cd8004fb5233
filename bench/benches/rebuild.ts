import { inTurns, runBench, say } from '../harness/program.js';
import { dataOf } from '../harness/service.js';
import { foldByHand } from '../rivals/hand-written-fold.js';
import { AnswersMeanwhile } from '../work/answers-meanwhile.js';
import { serviceOver } from '../work/service-over.js';

/** More turns would take long, and tell little: each is a long measurement by itself. */
const MOST_ROUNDS = 3;

await runBench(async ({ folder, rounds, facts }) => {
  const { service, caseIds } = await serviceOver(folder, facts);
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
    ...answers.figures('during rebuilds'),
  ];
});
