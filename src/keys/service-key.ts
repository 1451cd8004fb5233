import { createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto';
import type { KeyStore } from './key-store.js';

const KEY_ID = 'service';
const BYTES = 32;

/** The root of the keys that belong to no case. It outlives the master key, which only wraps it. */
export class ServiceKey {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** Made at the first start; of several processes starting at once one makes it. */
  static async of(store: KeyStore): Promise<ServiceKey> {
    const known = (await store.find([KEY_ID])).get(KEY_ID) ?? (await ServiceKey.#make(store));
    if (known === 'destroyed') throw new Error('the service key was destroyed');
    return new ServiceKey(known.bytes);
  }

  /**
   * The same purpose always gives the same 256-bit key; two purposes tell nothing about each other. Made ready for use: Node
   * takes five times as long over a MAC whose key it gets as bytes.
   */
  derive(purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.#bytes, '', `habeas/${purpose}`, BYTES)));
  }

  static async #make(store: KeyStore) {
    await store.add([{ keyId: KEY_ID, bytes: randomBytes(BYTES) }]);
    const made = (await store.find([KEY_ID])).get(KEY_ID);
    if (!made) throw new Error('the service key was not kept');
    return made;
  }
}
