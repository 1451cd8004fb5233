import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { DataKey, DataKeys } from '../../src/ledger/data-keys.js';

/** For what is written only to be read closed. */
export class KeysInMemory implements DataKeys {
  async take(): Promise<DataKey> {
    return { keyId: randomUUID(), version: 1, key: createSecretKey(randomBytes(32)) };
  }

  async find(): Promise<ReadonlyMap<string, DataKey>> {
    return new Map();
  }
}
