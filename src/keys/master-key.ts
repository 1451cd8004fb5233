import { createHash, createSecretKey, type KeyObject } from 'node:crypto';
import { disclose, enclose } from '../aes-gcm.js';
import { HabeasError } from '../errors.js';

export const MASTER_KEY_BYTES = 32;

/**
 * Wraps other keys, and does nothing else. `unwrap` is the one place where a wrapped key becomes a key: a key management
 * service would stand here.
 */
export class MasterKey {
  /** Not the bytes: Node takes ten times as long over a cipher whose key it gets so. */
  readonly #key: KeyObject;
  /** Tells master keys apart, and nothing of the key. */
  readonly id: string;

  constructor(bytes: Buffer) {
    if (bytes.length !== MASTER_KEY_BYTES) throw new Error(`a master key has ${MASTER_KEY_BYTES} bytes`);
    this.#key = createSecretKey(bytes);
    this.id = createHash('sha256').update('habeas/master-key-id\0').update(bytes).digest('hex').slice(0, 16);
  }

  /** Nonce, ciphertext and tag. It opens under the same key id only. */
  wrap(keyId: string, key: Uint8Array): Buffer {
    return enclose(this.#key, key, this.#boundTo(keyId));
  }

  /** Throws `key-damaged` for what this key has not wrapped under this id. */
  unwrap(keyId: string, wrapped: Uint8Array): Buffer {
    try {
      return disclose(this.#key, wrapped, this.#boundTo(keyId));
    } catch (error) {
      throw new HabeasError(
        'unavailable',
        'key-damaged',
        'a wrapped key does not open',
        {},
        { cause: error },
      );
    }
  }

  #boundTo(keyId: string): string {
    return JSON.stringify(['habeas/wrapped-key/1', this.id, keyId]);
  }
}
