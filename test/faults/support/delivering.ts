import { join } from 'node:path';
import type { Clock } from '../../../src/clock.js';
import type { Config } from '../../../src/config.js';
import { SqliteEventStore } from '../../../src/event-store/sqlite/sqlite-event-store.js';
import { KeyStore } from '../../../src/keys/key-store.js';
import { MasterKey } from '../../../src/keys/master-key.js';
import { MasterKeys } from '../../../src/keys/master-keys.js';
import { ServiceKey } from '../../../src/keys/service-key.js';
import { createLog } from '../../../src/log.js';
import { ConsumerDatabase } from '../../../src/reports/consumers/consumer-database.js';
import { ChangeFeed } from '../../../src/reports/feed/change-feed.js';
import { Deliverer } from '../../../src/reports/webhooks/deliverer.js';
import { Outbox } from '../../../src/reports/webhooks/outbox.js';
import { HttpSender } from '../../../src/reports/webhooks/sender.js';
import { WebhookSeals } from '../../../src/reports/webhooks/webhook-seals.js';
import { WebhookSecrets } from '../../../src/reports/webhooks/webhook-secrets.js';
import { Webhooks } from '../../../src/reports/webhooks/webhooks.js';
import { readerOn } from '../../support/ledgers.js';

/** The webhooks of a folder, with a receiver that is reached over HTTP. */
export async function deliveringIn(folder: string, clock: Clock) {
  const store = new SqliteEventStore({ folder });
  const consumers = new ConsumerDatabase({ dataDir: folder, databaseUrl: undefined } as Config);
  await consumers.open();
  const master = new MasterKeys(new MasterKey(Buffer.alloc(32, 1)), () => []);
  const keys = new KeyStore({ kind: 'sqlite', file: join(folder, 'keys.db') }, master);
  await keys.open();
  const secrets = new WebhookSecrets(consumers, keys, clock);
  const seals = new WebhookSeals(await ServiceKey.of(keys));
  const config = { production: false } as Config;
  const webhooks = new Webhooks(consumers, secrets, seals, store, clock, config);
  const deliverer = new Deliverer({
    webhooks,
    secrets,
    outbox: new Outbox(consumers, new ChangeFeed(store, readerOn(store)), store, clock),
    sender: new HttpSender(),
    clock,
    log: createLog({ logLevel: 'info' }),
    chance: () => 0.5,
    tell: () => undefined,
  });
  return {
    store,
    webhooks,
    deliverer,
    close: async (): Promise<void> => {
      await consumers.close();
      await keys.close();
      await store.close();
    },
  };
}
