import { dirname } from 'node:path';
import { FixedClock } from './fixed-clock.js';
import type { FreshDatabase } from './databases.js';
import { InMemoryEventStore } from './in-memory-event-store.js';
import { ledgerOn, readerOn } from './ledgers.js';
import type { Config } from '../../src/config.js';
import { ConsumerDatabase } from '../../src/reports/consumers/consumer-database.js';
import { ConsumerGroups, type LeaseRequest } from '../../src/reports/consumers/consumer-groups.js';
import type { Lease } from '../../src/reports/consumers/leasing.js';
import { ChangeFeed } from '../../src/reports/feed/change-feed.js';

const ENVELOPE = { recordedBy: 'p', correlationId: 'c', causationId: 'c', requestDigest: 'd' };

/** Consumers of the facts that a test records, in a database of the test's. */
export interface ConsumersAtWork {
  groups: ConsumerGroups;
  database: ConsumerDatabase;
  feed: ChangeFeed;
  clock: FixedClock;
  store: InMemoryEventStore;
  /** Records a fact of a case and gives its id: `e1`, `e2`, … in the order of recording, as UUIDs. */
  record(caseId: string, type?: string): Promise<string>;
  lease(request?: Partial<LeaseRequest>, name?: string): Promise<Lease>;
  /** Another process on the same database and the same facts. */
  another(store?: InMemoryEventStore): Promise<ConsumersAtWork>;
  close(): Promise<void>;
}

export const eventIdOf = (number: number): string =>
  `e0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export async function consumersOn(
  database: FreshDatabase,
  store = new InMemoryEventStore(),
  clock = new FixedClock(),
): Promise<ConsumersAtWork> {
  const { location } = database;
  const place =
    location.kind === 'sqlite'
      ? { dataDir: dirname(location.file), databaseUrl: undefined }
      : { dataDir: '', databaseUrl: location.url };
  const tables = new ConsumerDatabase(place as Config);
  await tables.open();
  const ledger = ledgerOn(store);
  const feed = new ChangeFeed(store, readerOn(store));
  const groups = new ConsumerGroups(tables, feed, store, clock);
  const opened: ConsumersAtWork[] = [];
  return {
    groups,
    database: tables,
    feed,
    clock,
    store,
    record: async (caseId, type = 'Arrested') => {
      const eventId = eventIdOf(Number((await store.head()) ?? 0) + 1);
      const envelope = { ...ENVELOPE, recordedAt: clock.now().toISOString() };
      const stream = `case-${caseId}`;
      const there = (await store.read(stream)).length;
      const expected = there === 0 ? 'no_stream' : there - 1;
      await ledger.append(stream, [{ eventId, type, data: {} }], envelope, expected);
      return eventId;
    },
    lease: (request = {}, name = 'report') =>
      groups.lease(
        name,
        { limit: 100, seconds: 60, waitSeconds: 0, ...request },
        new AbortController().signal,
      ),
    another: async (other = store) => {
      const process = await consumersOn(database, other, clock);
      opened.push(process);
      return process;
    },
    close: async () => {
      await Promise.all(opened.map((process) => process.close()));
      await tables.close();
    },
  };
}
