import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ServiceKey } from '../keys/service-key.js';

/**
 * What is stored of an API key. No slow hash: a key has 256 random bits, which cannot be guessed, and a slow one would be
 * a way to keep the service busy.
 */
@Injectable()
export class KeyDigest {
  readonly #pepper: KeyObject;
  /** Tells whether stored digests were made under this very pepper. */
  readonly check: Buffer;

  constructor(serviceKey: ServiceKey) {
    this.#pepper = serviceKey.derive('api-key-pepper/1');
    this.check = this.of('the pepper');
  }

  of(keyText: string): Buffer {
    return createHmac('sha256', this.#pepper).update(keyText).digest();
  }

  /** In a time that does not depend on where the two differ. */
  matches(keyText: string, digest: Uint8Array): boolean {
    return timingSafeEqual(this.of(keyText), digest);
  }
}
