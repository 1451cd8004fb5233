import { inTurns, runBench, say } from '../harness/program.js';
import { dataOf } from '../harness/service.js';
import { parseEvents, parseSheets } from '../rivals/parse-rows.js';
import { AnswersMeanwhile } from '../work/answers-meanwhile.js';
import { made } from '../work/made-report.js';
import { serviceOver } from '../work/service-over.js';

/** More turns would take long, and tell little: each is a long measurement by itself. */
const MOST_ROUNDS = 3;
/** After all that is recorded has happened. */
const asOf = (round: number): string => `2021-01-0${round + 1}`;
/** After all of it was recorded. Another second is another question, of which nothing is kept. */
const knownAt = (round: number): string => `2020-03-01T00:00:0${round}.000Z`;

await runBench(async ({ folder, rounds, facts }) => {
  const { service, caseIds } = await serviceOver(folder, facts);
  say(`read model filled in ${(await service.caughtUp()).toFixed(1)} s`);
  const before = service.peakMemory();
  const reader = service.caseworker();
  const turns = Math.min(rounds, MOST_ROUNDS);

  const today = await inTurns(
    turns,
    {
      report: (_: void, round: number) => made(reader, `/v1/reports/monthly?asOf=${asOf(round)}`),
      'by hand': () => parseSheets(dataOf(folder)),
    },
    () => undefined,
  );
  const answers = new AnswersMeanwhile(service.caseworker(), caseIds);
  const then = await inTurns(
    turns,
    {
      report: async (_: void, round: number) => {
        let isGoingOn = true;
        const path = `/v1/reports/monthly?asOf=${asOf(round)}&knownAt=${knownAt(round)}`;
        const seconds = made(reader, path).finally(() => (isGoingOn = false));
        await answers.askWhile(async () => isGoingOn);
        return seconds;
      },
      'by hand': () => parseEvents(dataOf(folder)),
    },
    () => undefined,
  );
  const peak = service.peakMemory();
  answers.end();
  reader.close();
  await service.stop();
  const cases = `${caseIds.length.toLocaleString('en')} cases`;
  return [
    {
      what: `monthly report of today over ${cases}`,
      unit: 's',
      product: today.report,
      baseline: { name: 'its sheets read and parsed, nothing tallied', rounds: today['by hand'] },
      target: { below: 2 },
    },
    {
      what: `the same as known at another instant, from ${facts.toLocaleString('en')} facts`,
      unit: 's',
      product: then.report,
      baseline: { name: 'the rows of the log read and parsed, nothing derived', rounds: then['by hand'] },
      target: { below: 60 },
    },
    ...(peak === undefined || before === undefined
      ? []
      : [
          {
            what: 'peak memory of the service before the first report',
            unit: 'MB',
            product: [before],
          } as const,
          {
            what: 'peak memory of the service, read model filled and all',
            unit: 'MB',
            product: [peak],
            target: { below: 600 },
          } as const,
        ]),
    ...answers.figures('meanwhile'),
  ];
});
