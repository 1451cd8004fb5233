import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { MASTER_KEY_BYTES } from './key-files.js';

/** The root of every other key. It is used for nothing but deriving them, and never leaves this object. */
export class MasterKey {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    if (bytes.length !== MASTER_KEY_BYTES) throw new Error(`a master key has ${MASTER_KEY_BYTES} bytes`);
    this.#bytes = bytes;
  }

  /**
   * The same purpose always gives the same 256-bit key; two purposes tell nothing about each other. Made ready for use: Node
   * takes five times as long over a MAC whose key it gets as bytes.
   */
  derive(purpose: string): KeyObject {
    return createSecretKey(Buffer.from(hkdfSync('sha256', this.#bytes, '', `habeas/${purpose}`, 32)));
  }
}
