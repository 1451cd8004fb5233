import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  randomBytes,
  type KeyObject,
} from 'node:crypto';
import { HabeasError } from '../errors.js';

export const MASTER_KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

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
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#key, nonce).setAAD(this.#boundTo(keyId));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws `key-damaged` for what this key has not wrapped under this id. */
  unwrap(keyId: string, wrapped: Uint8Array): Buffer {
    try {
      const tagAt = wrapped.length - TAG_BYTES;
      const cipher = createDecipheriv(ALGORITHM, this.#key, wrapped.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      cipher.setAAD(this.#boundTo(keyId)).setAuthTag(wrapped.subarray(tagAt));
      return Buffer.concat([cipher.update(wrapped.subarray(NONCE_BYTES, tagAt)), cipher.final()]);
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

  #boundTo(keyId: string): Buffer {
    return Buffer.from(JSON.stringify(['habeas/wrapped-key/1', this.id, keyId]));
  }
}
