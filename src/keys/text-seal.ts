import type { KeyObject } from 'node:crypto';
import { disclose, enclose } from '../aes-gcm.js';
import { HabeasError } from '../errors.js';

/** Short texts that belong to no case, each sealed for what it is the text of: it opens there only. */
export class TextSeal {
  constructor(
    private readonly key: KeyObject,
    /** What kind of text it is, in the words of an error, and in what it is bound to. */
    private readonly kind: { name: string; bound: string },
  ) {}

  seal(ownerId: string, text: string): Buffer {
    return enclose(this.key, text, this.#boundTo(ownerId));
  }

  /** Throws `sealed-data-damaged` for what was not sealed for this owner. */
  open(ownerId: string, sealed: Uint8Array): string {
    try {
      return disclose(this.key, sealed, this.#boundTo(ownerId)).toString();
    } catch {
      throw new HabeasError('unavailable', 'sealed-data-damaged', `${this.kind.name} does not open`);
    }
  }

  #boundTo(ownerId: string): string {
    return JSON.stringify([this.kind.bound, ownerId]);
  }
}
