import { Module, type OnModuleInit } from '@nestjs/common';
import { Shutdown } from '../shutdown.js';
import { ConsumerDatabase } from './consumers/consumer-database.js';
import { ConsumerGroups } from './consumers/consumer-groups.js';
import { ConsumersController } from './consumers/http/consumers.controller.js';
import { ChangeFeed } from './feed/change-feed.js';
import { FeedController } from './feed/feed.controller.js';
import { TlogController } from './tlog/tlog.controller.js';
import { ServedLog } from './tlog/served-log.js';

/** What leaves the register without personal fields. From elsewhere it needs `EventStore`, `LedgerReader`, `LogReader`, `Clock` and `Doorkeeper`. */
@Module({
  controllers: [FeedController, ConsumersController, TlogController],
  providers: [ChangeFeed, ConsumerDatabase, ConsumerGroups, ServedLog],
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
