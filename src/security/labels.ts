import { Injectable } from '@nestjs/common';
import { ServiceKey } from '../keys/service-key.js';
import { TextSeal } from '../keys/text-seal.js';

/** Labels say who works here, so they are stored sealed, each for its principal. */
@Injectable()
export class Labels extends TextSeal {
  constructor(serviceKey: ServiceKey) {
    super(serviceKey.derive('labels/1'), { name: 'the label of a principal', bound: 'habeas/label/1' });
  }
}
