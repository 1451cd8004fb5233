import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../clock.js';
import { Log } from '../../log.js';
import { Shutdown } from '../../shutdown.js';
import { Deliverer } from './deliverer.js';
import { Outbox } from './outbox.js';
import { Sender } from './sender.js';
import { WebhookFigures } from './webhook-figures.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { Webhooks } from './webhooks.js';

/** The deliverer as part of a process that has the keys: from its start until requests in flight are finished. */
@Injectable()
export class DeliveryService implements OnApplicationBootstrap {
  readonly #deliverer: Deliverer;

  constructor(
    webhooks: Webhooks,
    secrets: WebhookSecrets,
    outbox: Outbox,
    sender: Sender,
    clock: Clock,
    log: Log,
    { tried }: WebhookFigures,
    private readonly shutdown: Shutdown,
  ) {
    const parts = { webhooks, secrets, outbox, sender, clock, log, chance: Math.random, tell: tried };
    this.#deliverer = new Deliverer(parts);
  }

  /** Does not wait for it. */
  onApplicationBootstrap(): void {
    if (this.shutdown.hasBegun) return;
    this.#deliverer.start();
    this.shutdown.during('finish requests in flight', () => this.#deliverer.stop());
  }
}
