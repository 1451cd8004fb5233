import { Module, type OnModuleInit } from '@nestjs/common';
import { Shutdown } from '../shutdown.js';
import { ConsumerDatabase } from './consumers/consumer-database.js';
import { ConsumerGroups } from './consumers/consumer-groups.js';
import { ConsumersController } from './consumers/http/consumers.controller.js';
import { ChangeFeed } from './feed/change-feed.js';
import { FeedController } from './feed/feed.controller.js';
import { TlogController } from './tlog/tlog.controller.js';
import { ServedLog } from './tlog/served-log.js';
import { DeliveryService } from './webhooks/delivery-service.js';
import { WebhooksController } from './webhooks/http/webhooks.controller.js';
import { Outbox } from './webhooks/outbox.js';
import { ParkedMessages } from './webhooks/parked-messages.js';
import { HttpSender, Sender } from './webhooks/sender.js';
import { WebhookFigures } from './webhooks/webhook-figures.js';
import { WebhookSeals } from './webhooks/webhook-seals.js';
import { WebhookSecrets } from './webhooks/webhook-secrets.js';
import { Webhooks } from './webhooks/webhooks.js';

/**
 * What leaves the register without personal fields. From elsewhere it needs `EventStore`, `LedgerReader`, `LogReader`, `Clock`, `KeyStore`,
 * `ServiceKey` and `Doorkeeper`.
 */
@Module({
  controllers: [FeedController, ConsumersController, WebhooksController, TlogController],
  providers: [
    ChangeFeed,
    ConsumerDatabase,
    ConsumerGroups,
    ServedLog,
    WebhookSeals,
    WebhookSecrets,
    Webhooks,
    ParkedMessages,
    Outbox,
    { provide: Sender, useFactory: () => new HttpSender() },
    WebhookFigures,
    DeliveryService,
  ],
})
export class ReportsModule implements OnModuleInit {
  constructor(
    private readonly consumers: ConsumerDatabase,
    shutdown: Shutdown,
  ) {
    shutdown.during('close stores', () => consumers.close());
  }

  onModuleInit(): Promise<void> {
    return this.consumers.open();
  }
}
