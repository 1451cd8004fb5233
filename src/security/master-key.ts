import { hkdfSync } from 'node:crypto';
import { MASTER_KEY_BYTES } from './key-files.js';

/** The root of every other key. It is used for nothing but deriving them, and never leaves this object. */
export class MasterKey {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    if (bytes.length !== MASTER_KEY_BYTES) throw new Error(`a master key has ${MASTER_KEY_BYTES} bytes`);
    this.#bytes = bytes;
  }

  /** The same purpose always gives the same 32 bytes; two purposes tell nothing about each other. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.#bytes, '', `habeas/${purpose}`, 32));
  }
}
