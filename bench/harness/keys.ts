import { join } from 'node:path';
import { StoredDataKeys } from '../../src/keys/stored-data-keys.js';
import { type DataKeys } from '../../src/ledger/data-keys.js';
import { openKeyStore } from '../../src/open-key-store.js';
import { dataOf } from './service.js';

/** The keys of the service that is started in this folder: what is written past it, it can open. */
export async function keysOf(folder: string): Promise<{ keys: DataKeys; close: () => Promise<void> }> {
  const store = await openKeyStore({
    dataDir: dataOf(folder),
    databaseUrl: undefined,
    keysDatabaseUrl: undefined,
    masterKeyFile: join(folder, 'master.key'),
  });
  return { keys: new StoredDataKeys(store), close: () => store.close() };
}
