import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import type { DataKey, DataKeys } from '../../src/ledger/data-keys.js';

/** Keys in memory. They can be destroyed, and they can be lost. */
export class DataKeysInMemory implements DataKeys {
  readonly #keys = new Map<string, DataKey | 'destroyed'>();

  async take(): Promise<DataKey> {
    const key = { keyId: randomUUID(), version: 1, key: createSecretKey(randomBytes(32)) };
    this.#keys.set(key.keyId, key);
    return key;
  }

  async find(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey | 'destroyed'>> {
    return new Map(
      keyIds.flatMap((keyId) => (this.#keys.has(keyId) ? [[keyId, this.#keys.get(keyId)!]] : [])),
    );
  }

  destroy(keyId: string): void {
    this.#keys.set(keyId, 'destroyed');
  }

  lose(keyId: string): void {
    this.#keys.delete(keyId);
  }
}
