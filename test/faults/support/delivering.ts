import { join } from 'node:path';
import type { Clock } from '../../../src/clock.js';
import type { Config } from '../../../src/config.js';
import { SqliteEventStore } from '../../../src/event-store/sqlite/sqlite-event-store.js';
import { createLog } from '../../../src/log.js';
import { ConsumerDatabase } from '../../../src/reports/consumers/consumer-database.js';
import { ChangeFeed } from '../../../src/reports/feed/change-feed.js';
import { HttpSender } from '../../../src/reports/webhooks/sender.js';
import { readerOn } from '../../support/ledgers.js';
import { keysAt, webhookParts } from '../../support/webhook-parts.js';

/** The webhooks of a folder, with a receiver that is reached over HTTP. */
export async function deliveringIn(folder: string, clock: Clock) {
  const store = new SqliteEventStore({ folder });
  const consumers = new ConsumerDatabase({ dataDir: folder, databaseUrl: undefined } as Config);
  await consumers.open();
  const keys = await keysAt({ kind: 'sqlite', file: join(folder, 'keys.db') });
  const feed = new ChangeFeed(store, readerOn(store));
  const [sender, log] = [new HttpSender(), createLog({ logLevel: 'info' })];
  const given = { consumers, keys, store, feed, clock, sender, log };
  return {
    store,
    ...(await webhookParts({ ...given, production: false, tell: () => undefined })),
    close: async (): Promise<void> => {
      await consumers.close();
      await keys.close();
      await store.close();
    },
  };
}
