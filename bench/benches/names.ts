import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { keysOf } from '../harness/keys.js';
import { runBench, say } from '../harness/program.js';
import { dataOf, Service } from '../harness/service.js';
import { openPersons, LAST_NAME } from '../work/open-persons.js';

const NAMES = 100_000;
const LOOK_EVERY_MS = 50;
const MOST_ROUNDS = 3;

await runBench(async ({ folder, rounds }) => {
  const store = new SqliteEventStore({ folder: dataOf(folder) });
  const { keys, close } = await keysOf(folder);
  await openPersons(new Ledger(store, new Upcasting([]), keys), NAMES);
  await store.close();
  await close();
  let service = await Service.start(folder);
  say(`read model filled in ${(await service.caughtUp()).toFixed(1)} s`);
  const seconds: number[] = [];
  for (let round = 0; round < Math.min(rounds, MOST_ROUNDS); round += 1) {
    await service.stop();
    const began = performance.now();
    service = await Service.start(folder);
    await found(service);
    seconds.push((performance.now() - began) / 1000);
    say(`round ${round + 1}: ${seconds.at(-1)?.toFixed(2)} s`);
  }
  const peak = service.peakMemory();
  await service.stop();
  return [
    {
      what: `from the start of the process until ${NAMES.toLocaleString('en')} sealed names are searched`,
      unit: 's',
      product: seconds,
      target: { below: 10 },
    },
    ...(peak === undefined ? [] : [{ what: 'memory of that process', unit: 'MB', product: [peak] } as const]),
  ];
});

/** Resolves when the name that was written last is found. */
async function found(service: Service): Promise<void> {
  const caller = service.caseworker();
  for (;;) {
    const { status, body } = await caller.get<{ items?: unknown[] }>(
      `/v1/cases?limit=1&name=${encodeURIComponent(LAST_NAME)}`,
    );
    if (status === 200 && body.items?.length === 1) break;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  caller.close();
}
