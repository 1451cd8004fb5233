import { inTurns, runBench } from '../harness/program.js';
import { StoresElsewhere } from '../harness/stores-elsewhere.js';
import { BareClient } from '../rivals/bare-client.js';
import { appendThrough } from '../work/append-through-store.js';
import { appendsOf } from '../work/facts-to-append.js';

const WRITERS = 64;
const APPENDS_EACH = 200;

await runBench(async ({ folder, rounds }) => {
  const stores = await StoresElsewhere.start(folder);
  const store = stores.openEventStore();
  const client = new BareClient(stores.env.EVENTSTORE_URL);
  const figures = await inTurns(
    rounds,
    {
      store: () => appendThrough(store, appendsOf(WRITERS, APPENDS_EACH)),
      client: () => client.append(appendsOf(WRITERS, APPENDS_EACH)),
    },
    () => undefined,
  );
  await store.close();
  await client.close();
  await stores.stop();
  return [
    {
      what: `appends to the double of EventStoreDB, ${WRITERS} writers`,
      unit: '/s',
      product: figures.store,
      baseline: { name: 'its client by itself, one stream for all appends', rounds: figures.client },
    },
  ];
});
