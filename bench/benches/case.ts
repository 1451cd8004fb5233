import { setTimeout as pause } from 'node:timers/promises';
import { HttpClient } from '../harness/http-client.js';
import { startEmptyService } from '../harness/empty-service.js';
import { median, percentile } from '../harness/figure.js';
import { inTurns, runBench, say } from '../harness/program.js';
import { Service } from '../harness/service.js';
import { StoresElsewhere } from '../harness/stores-elsewhere.js';
import { recordLongCase } from '../work/long-case.js';

const FACTS = 500;
const QUESTIONS = 300;

await runBench(async (options) => {
  const { folder, rounds, elsewhere } = options;
  const stores = await StoresElsewhere.asAsked(options);
  const service = await Service.start(folder, stores?.env);
  const empty = await startEmptyService();
  const caseworker = service.caseworker();
  const stranger = new HttpClient(empty.url);
  const file = await recordLongCase(caseworker, FACTS);
  say(`a case of ${file.facts} facts recorded`);
  await service.caughtUp();

  const path = `/v1/cases/${file.caseId}`;
  const slowest: number[] = [];
  const ask = async (client: HttpClient, pathOf: () => string): Promise<number[]> => {
    const times: number[] = [];
    for (let n = 0; n < QUESTIONS; n++) {
      const { status, ms } = await client.get(pathOf());
      if (status !== 200) throw new Error(`a question was answered ${status}`);
      times.push(ms);
    }
    return times;
  };
  // Only instants more than five seconds ago are settled, and answered.
  const knownAt = encodeURIComponent(new Date().toISOString());
  await pause(6_000);
  const medians = await inTurns(
    rounds,
    {
      today: async () => median(await ask(caseworker, () => path)),
      anyDay: async (_: void, round: number) => {
        const times = await ask(caseworker, () => `${path}?asOf=${file.randomDay()}`);
        if (round > 0) slowest.push(percentile(times, 0.99));
        return median(times);
      },
      asKnown: async () =>
        median(await ask(caseworker, () => `${path}?asOf=${file.randomDay()}&knownAt=${knownAt}`)),
      empty: async () => median(await ask(stranger, () => path)),
    },
    () => undefined,
  );
  for (const client of [caseworker, stranger]) client.close();
  await empty.stop();
  await service.stop();
  await stores?.stop();
  const baseline = { name: 'empty NestJS + Fastify route', rounds: medians.empty };
  const target = elsewhere ? undefined : { below: 10 };
  return [
    {
      what: `GET a case of ${FACTS} facts on a random day, median`,
      unit: 'ms',
      product: medians.anyDay,
      baseline,
      target,
    },
    { what: '99th percentile of the same', unit: 'ms', product: slowest },
    { what: 'the same today, median', unit: 'ms', product: medians.today, baseline, target },
    {
      what: 'the same as known at an earlier instant, median',
      unit: 'ms',
      product: medians.asKnown,
      baseline,
    },
  ];
});
