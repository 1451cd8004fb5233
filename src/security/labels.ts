import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { disclose, enclose } from '../aes-gcm.js';
import { HabeasError } from '../errors.js';
import { ServiceKey } from '../keys/service-key.js';

/** Labels say who works here, so they are stored sealed, each for its principal. */
@Injectable()
export class Labels {
  readonly #key: KeyObject;

  constructor(serviceKey: ServiceKey) {
    this.#key = serviceKey.derive('labels/1');
  }

  seal(principalId: string, label: string): Buffer {
    return enclose(this.#key, label, boundTo(principalId));
  }

  /** Throws `sealed-data-damaged` for what was not sealed for this principal. */
  open(principalId: string, sealed: Uint8Array): string {
    try {
      return disclose(this.#key, sealed, boundTo(principalId)).toString();
    } catch {
      throw new HabeasError('unavailable', 'sealed-data-damaged', 'the label of a principal does not open');
    }
  }
}

const boundTo = (principalId: string): string => JSON.stringify(['habeas/label/1', principalId]);
