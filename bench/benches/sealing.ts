import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { KeyStore } from '../../src/keys/key-store.js';
import { MasterKey } from '../../src/keys/master-key.js';
import { MasterKeys } from '../../src/keys/master-keys.js';
import { StoredDataKeys } from '../../src/keys/stored-data-keys.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { inTurns, runBench } from '../harness/program.js';
import { appendsPerSecond, appendThrough } from '../work/append-through-store.js';
import { ENVELOPE, appendsOf, type OneAppend } from '../work/facts-to-append.js';

const WRITERS = 64;
const APPENDS_EACH = 500;

await runBench(async ({ folder, rounds }) => {
  const contestants = {
    sealed: async (work: readonly OneAppend[][], round: number) => {
      const store = new SqliteEventStore({ folder: `${folder}/sealed-${round}` });
      const master = new MasterKey(Buffer.alloc(32, round));
      const keys = new KeyStore(
        { kind: 'sqlite', file: `${folder}/sealed-${round}/keys.db` },
        new MasterKeys(master, () => [master]),
      );
      await keys.open();
      const ledger = new Ledger(store, new Upcasting([]), new StoredDataKeys(keys));
      const rate = await appendsPerSecond(
        ({ stream, fact }, expected) => ledger.append(stream, [fact], ENVELOPE, expected),
        work,
      );
      await store.close();
      await keys.close();
      return rate;
    },
    plain: async (work: readonly OneAppend[][], round: number) => {
      const store = new SqliteEventStore({ folder: `${folder}/plain-${round}` });
      const rate = await appendThrough(store, work);
      await store.close();
      return rate;
    },
  };
  const { sealed, plain } = await inTurns(rounds, contestants, () => appendsOf(WRITERS, APPENDS_EACH));
  return [
    {
      what: `sealed appends, ${WRITERS} writers, synchronous=FULL`,
      unit: '/s',
      product: sealed,
      baseline: { name: 'the same store without sealing', rounds: plain },
      target: { timesBaseline: 0.55 },
    },
  ];
});
