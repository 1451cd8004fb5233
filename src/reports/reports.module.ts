import { Module } from '@nestjs/common';
import { ChangeFeed } from './feed/change-feed.js';
import { FeedController } from './feed/feed.controller.js';

/** What leaves the register without personal fields. From elsewhere it needs `EventStore`, `Ledger` and `Doorkeeper`. */
@Module({ controllers: [FeedController], providers: [ChangeFeed] })
export class ReportsModule {}
