import { Injectable } from '@nestjs/common';
import { ServiceKey } from '../../keys/service-key.js';
import { TextSeal } from '../../keys/text-seal.js';

/** The path of an address is often a password, and a label says who listens: both are stored sealed, each for its webhook. */
@Injectable()
export class WebhookSeals {
  readonly url: TextSeal;
  readonly label: TextSeal;

  constructor(serviceKey: ServiceKey) {
    const key = serviceKey.derive('webhooks/1');
    this.url = new TextSeal(key, { name: 'the address of a webhook', bound: 'habeas/webhook-url/1' });
    this.label = new TextSeal(key, { name: 'the label of a webhook', bound: 'habeas/webhook-label/1' });
  }
}
