import { startEmptyService } from '../harness/empty-service.js';
import { inTurns, runBench, say } from '../harness/program.js';
import { Service } from '../harness/service.js';
import { StoresElsewhere } from '../harness/stores-elsewhere.js';
import { openCases } from '../work/open-cases.js';
import { sendArrests } from '../work/arrests.js';

/** So many that a case gets a handful of arrests in the whole run, as cases do, and not dozens. */
const CASES = 6_000;
const CONNECTIONS = 50;

await runBench(async (options) => {
  const { folder, rounds, seconds, elsewhere } = options;
  const stores = await StoresElsewhere.asAsked(options);
  const service = await Service.start(folder, stores?.env);
  const empty = await startEmptyService();
  const caseIds = await openCases(service, CASES);
  say(`${caseIds.length} cases opened; the read model needs ${(await service.caughtUp()).toFixed(1)} s more`);

  const load = { caseIds, connections: CONNECTIONS, seconds };
  const p99: number[] = [];
  const emptyP99: number[] = [];
  const behind: number[] = [];
  const rates = await inTurns(
    rounds,
    {
      service: async (_: void, round: number) => {
        const result = await sendArrests({ ...load, url: service.url, key: service.caseworkerKey });
        // It must not work on during the other's turn.
        const lag = await service.caughtUp();
        if (round > 0) {
          p99.push(result.p99);
          behind.push(lag);
        }
        return result.perSecond;
      },
      empty: async (_: void, round: number) => {
        const result = await sendArrests({ ...load, url: empty.url });
        if (round > 0) emptyP99.push(result.p99);
        return result.perSecond;
      },
    },
    () => undefined,
  );
  await empty.stop();
  await service.stop();
  await stores?.stop();
  const beside = 'empty NestJS + Fastify route, same DTO';
  return [
    {
      what: `POST …/arrests, ${CONNECTIONS} connections, ${CASES.toLocaleString('en')} cases`,
      unit: '/s',
      product: rates.service,
      baseline: { name: beside, rounds: rates.empty },
      target: elsewhere ? undefined : { timesBaseline: 0.4 },
    },
    {
      what: '99th percentile of the same',
      unit: 'ms',
      product: p99,
      baseline: { name: beside, rounds: emptyP99 },
      target: elsewhere ? undefined : { below: 100 },
    },
    { what: 'read model caught up after the load', unit: 's', product: behind },
  ];
});
