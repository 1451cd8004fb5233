import { mkdirSync } from 'node:fs';
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
  const store = new KeyStore(keysIn(config), MasterKeys.inFile(config.masterKeyFile));
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
