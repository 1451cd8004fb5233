import type { Clock } from '../../src/clock.js';
import type { Config } from '../../src/config.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { KeyStore } from '../../src/keys/key-store.js';
import { MasterKey } from '../../src/keys/master-key.js';
import { MasterKeys } from '../../src/keys/master-keys.js';
import { ServiceKey } from '../../src/keys/service-key.js';
import type { DatabaseLocation } from '../../src/database/open-database.js';
import type { ConsumerDatabase } from '../../src/reports/consumers/consumer-database.js';
import type { ChangeFeed } from '../../src/reports/feed/change-feed.js';
import { Deliverer, type DelivererParts } from '../../src/reports/webhooks/deliverer.js';
import { Outbox } from '../../src/reports/webhooks/outbox.js';
import { WebhookSeals } from '../../src/reports/webhooks/webhook-seals.js';
import { WebhookSecrets } from '../../src/reports/webhooks/webhook-secrets.js';
import { Webhooks } from '../../src/reports/webhooks/webhooks.js';

interface Given extends Pick<DelivererParts, 'sender' | 'log' | 'tell'> {
  consumers: ConsumerDatabase;
  keys: KeyStore;
  store: EventStore;
  feed: ChangeFeed;
  clock: Clock;
  production: boolean;
}

/** The same master key at every place. */
export async function keysAt(location: DatabaseLocation): Promise<KeyStore> {
  const keys = new KeyStore(location, new MasterKeys(new MasterKey(Buffer.alloc(32, 1)), () => []));
  await keys.open();
  return keys;
}

/** Webhooks and what delivers to them, put together as the service does it. Chance is a mean one. */
export async function webhookParts({ consumers, keys, store, feed, clock, production, ...rest }: Given) {
  const secrets = new WebhookSecrets(consumers, keys, clock);
  const seals = new WebhookSeals(await ServiceKey.of(keys));
  const webhooks = new Webhooks(consumers, secrets, seals, store, clock, { production } as Config);
  const outbox = new Outbox(consumers, feed, store, clock);
  const deliverer = new Deliverer({ webhooks, secrets, outbox, clock, chance: () => 0.5, ...rest });
  return { webhooks, deliverer };
}
