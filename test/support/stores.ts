import { join } from 'node:path';
import { eventsIn, openEventStore } from '../../src/event-store-location.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { CASE_UPCASTERS } from '../../src/cases/upcasters.js';
import { StoredDataKeys } from '../../src/keys/stored-data-keys.js';
import { Ledger } from '../../src/ledger/ledger.js';
import { Upcasting } from '../../src/ledger/upcasting.js';
import { openKeyStore } from '../../src/open-key-store.js';
import { connectionTo } from './connection-to.js';
import type { Environment } from '../../src/settings.js';
import { EventStoreDouble } from './eventstoredb-double/eventstore-double.js';
import { freshPostgres } from './postgres.js';

declare global {
  /** Set by the project in jest.config.js: `elsewhere` for EventStoreDB and PostgreSQL instead of files. */
  var STORES: 'elsewhere' | undefined;
}

interface Stores {
  env: Environment;
  remove(): Promise<void>;
}

const known = new Map<string, Promise<Stores>>();

/** What a service in this folder needs to be told of its stores. One in the same folder again finds the same data. */
export async function storesOf(folder: string): Promise<Environment> {
  if (globalThis.STORES !== 'elsewhere') return {};
  const stores = known.get(folder) ?? makeStores();
  known.set(folder, stores);
  return (await stores).env;
}

/** Empty ones, in the place of those that a service in this folder has had. */
export async function newStoresOf(folder: string): Promise<Environment> {
  const old = known.get(folder);
  known.delete(folder);
  await (await old)?.remove();
  return storesOf(folder);
}

/** The events of the service in this folder, past the service. */
async function eventStoreOf(folder: string): Promise<EventStore> {
  const { EVENTSTORE_URL: url } = await storesOf(folder);
  const to = url === undefined ? undefined : connectionTo(url);
  return openEventStore(eventsIn({ dataDir: join(folder, 'data'), eventStore: to }));
}

/** What writes its events as the service does, with its keys, past the service. */
export async function ledgerIn(folder: string): Promise<{ ledger: Ledger; close: () => Promise<void> }> {
  const { DATABASE_URL: databaseUrl } = await storesOf(folder);
  const store = await eventStoreOf(folder);
  const keys = await openKeyStore({
    dataDir: join(folder, 'data'),
    databaseUrl,
    keysDatabaseUrl: undefined,
    masterKeyFile: join(folder, 'master.key'),
  });
  return {
    ledger: new Ledger(store, new Upcasting(CASE_UPCASTERS), new StoredDataKeys(keys)),
    close: async () => {
      await store.close();
      await keys.close();
    },
  };
}

/** Ends and empties all that were made in this file of tests. */
export async function removeStores(): Promise<void> {
  const made = [...known.values()];
  known.clear();
  await Promise.all(made.map(async (stores) => (await stores).remove()));
}

async function makeStores(): Promise<Stores> {
  const [double, postgres] = await Promise.all([EventStoreDouble.start(), freshPostgres()]);
  return {
    env: { EVENTSTORE_URL: double.connectionString, DATABASE_URL: postgres.url },
    remove: async () => {
      await double.stop();
      await postgres.drop();
    },
  };
}
