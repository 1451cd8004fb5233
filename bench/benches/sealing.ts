import { type NewEvent } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { KeyStore } from '../../src/keys/key-store.js';
import { MasterKey } from '../../src/keys/master-key.js';
import { MasterKeys } from '../../src/keys/master-keys.js';
import { StoredDataKeys } from '../../src/keys/stored-data-keys.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { type EventToRecord } from '../../src/ledger/recorded-event.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { inTurns, runBench } from '../harness/program.js';
import { appendsPerSecond } from '../work/append-through-store.js';
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
      const rate = await appendsPerSecond(
        ({ stream, fact }, expected) => store.append(stream, [unsealed(fact)], expected),
        work,
      );
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

/** The same fact as plain JSON, which is written while the clock runs, as the sealed one is. */
function unsealed({ eventId, type, data, personal }: EventToRecord): NewEvent {
  const metadata = JSON.stringify({ ...ENVELOPE, schemaVersion: 1 });
  return { eventId, type, payload: JSON.stringify({ data, personal }), metadata };
}
