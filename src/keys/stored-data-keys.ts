import { createSecretKey, randomBytes } from 'node:crypto';
import type { DataKey, DataKeys } from '../ledger/data-keys.js';
import type { KeyStore } from './key-store.js';

/** The first time, and at most: twice as many each time, since whoever opens one case may open a thousand. */
const [MADE_AT_FIRST, MADE_AT_MOST] = [64, 512];
const KEY_BYTES = 32;
const KEY_ID_BYTES = 16;

/**
 * Data keys from the key store. They are made ahead, many in one transaction, so that opening a case does not wait for a disk
 * of its own; those not taken when the process ends are never given to anybody.
 */
export class StoredDataKeys implements DataKeys {
  readonly #ready: DataKey[] = [];
  #making: Promise<void> | undefined;
  #next = MADE_AT_FIRST;

  constructor(private readonly store: KeyStore) {}

  async take(): Promise<DataKey> {
    for (;;) {
      const key = this.#ready.pop();
      if (key) return key;
      this.#making ??= this.#make().finally(() => (this.#making = undefined));
      await this.#making;
    }
  }

  async find(keyIds: readonly string[]): Promise<ReadonlyMap<string, DataKey | 'destroyed'>> {
    const found = await this.store.find(keyIds);
    return new Map(
      Array.from(found, ([keyId, one]) => [
        keyId,
        one === 'destroyed' ? one : { keyId, version: one.version, key: createSecretKey(one.bytes) },
      ]),
    );
  }

  async #make(): Promise<void> {
    // Drawn at once: one by one they cost more than wrapping them.
    const drawn = randomBytes(this.#next * (KEY_ID_BYTES + KEY_BYTES));
    const next = (from: number, size: number): Buffer => drawn.subarray(from, from + size);
    const made = Array.from({ length: this.#next }, (_, n) => {
      const from = n * (KEY_ID_BYTES + KEY_BYTES);
      return {
        keyId: next(from, KEY_ID_BYTES).toString('base64url'),
        bytes: next(from + KEY_ID_BYTES, KEY_BYTES),
      };
    });
    await this.store.add(made);
    this.#next = Math.min(2 * this.#next, MADE_AT_MOST);
    this.#ready.push(...made.map(({ keyId, bytes }) => ({ keyId, version: 1, key: createSecretKey(bytes) })));
  }
}
