import { closeSync, mkdirSync, openSync } from 'node:fs';
import { StartRefused, type Config } from './config.js';
import { KeyStore, keysIn } from './keys/key-store.js';
import { MasterKeys } from './keys/master-keys.js';
import { readOrMakeDevelopmentKey } from './security/key-files.js';

/** The keys of this installation. Throws `StartRefused` when they are wrapped by a master key that is not here. */
export async function openKeyStore(
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'keysDatabaseUrl' | 'masterKeyFile'>,
): Promise<KeyStore> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  readOrMakeDevelopmentKey(config.masterKeyFile);
  const location = keysIn(config);
  if (location.kind === 'sqlite') makeForOwner(location.file);
  const store = new KeyStore(location, MasterKeys.inFile(config.masterKeyFile));
  try {
    if (await store.open()) return store;
    throw new StartRefused([
      'HABEAS_MASTER_KEY_FILE: this is not the master key that the data was made with',
    ]);
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** SQLite itself would make it readable for whomever the process's mask lets. An empty file is an empty database. */
function makeForOwner(file: string): void {
  try {
    // `x`: a file that is there is never opened, because closing it would release the locks SQLite holds on it here.
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
