import type { Provider } from '@nestjs/common';
import { Clock } from './clock.js';
import { Config } from './config.js';
import { EventStore } from './event-store/event-store.js';
import { KeyStore } from './keys/key-store.js';
import { ServiceKey } from './keys/service-key.js';
import { StoredDataKeys } from './keys/stored-data-keys.js';
import { DataKeys } from './ledger/data-keys.js';
import { Ledger } from './ledger/ledger.js';
import { Unsealing } from './ledger/unsealing.js';
import { Upcasting } from './ledger/upcasting.js';
import { FileStore } from './files/file-store.js';
import { FolderFiles } from './files/folder-files.js';
import { listedErasures } from './listed-erasures.js';
import { openKeyStore } from './open-key-store.js';
import { Shutdown } from './shutdown.js';

/** What takes the keys, and so is there in a process that has them only: what writes, and what opens what is sealed. */
export const WITH_KEYS: Provider[] = [
  { provide: KeyStore, inject: [Config, Clock, Shutdown], useFactory: openKeysThatAreLeft },
  { provide: ServiceKey, inject: [KeyStore], useFactory: (store: KeyStore) => ServiceKey.of(store) },
  { provide: DataKeys, inject: [KeyStore], useFactory: (store: KeyStore) => new StoredDataKeys(store) },
  {
    provide: Ledger,
    inject: [EventStore, Upcasting, DataKeys],
    useFactory: (store: EventStore, upcasting: Upcasting, keys: DataKeys) =>
      new Ledger(store, upcasting, keys),
  },
  { provide: FileStore, inject: [Config], useFactory: openFiles },
  {
    provide: Unsealing,
    inject: [DataKeys, Upcasting],
    useFactory: (keys: DataKeys, upcasting: Upcasting) => new Unsealing(keys, upcasting),
  },
];

/** What an earlier run was cut off in the middle of is removed first. */
async function openFiles({ evidenceDir }: Config): Promise<FileStore> {
  const files = new FolderFiles(evidenceDir);
  await files.removeLeftDrafts();
  return files;
}

/**
 * The list of erasures comes before all that could use a key: an older key store, put back by whatever means, opens nothing of
 * those who were erased since. What the events tell of it is seen to later.
 */
export async function openKeysThatAreLeft(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'keysDatabaseUrl' | 'masterKeyFile' | 'erasureListFile'>,
  clock: Clock,
  shutdown: Shutdown,
): Promise<KeyStore> {
  const store = await openKeyStore(config);
  shutdown.during('close stores', () => store.close());
  await store.destroy(
    listedErasures(config).flatMap(({ keyIds }) => keyIds),
    clock.now().toISOString(),
  );
  return store;
}
