import { consumersOn, type ConsumersAtWork } from './consumers-at-work.js';
import type { FreshDatabase } from './databases.js';
import type { InMemoryEventStore } from './in-memory-event-store.js';
import { Receiver } from './receiver.js';
import { keysAt, webhookParts } from './webhook-parts.js';
import type { KeyStore } from '../../src/keys/key-store.js';
import { createLog } from '../../src/log.js';
import type { Deliverer } from '../../src/reports/webhooks/deliverer.js';
import { ParkedMessages } from '../../src/reports/webhooks/parked-messages.js';
import type { NewWebhook, WebhookEntry, Webhooks } from '../../src/reports/webhooks/webhooks.js';

export const ADDRESS = 'https://reports.example.org/hooks/token-7';

/** In seconds. */
export const DAY = 24 * 3_600;

/** Webhooks of the facts that a test records, with a receiver of the test's at the other end. */
export interface WebhooksAtWork {
  work: ConsumersAtWork;
  webhooks: Webhooks;
  parked: ParkedMessages;
  keys: KeyStore;
  receiver: Receiver;
  deliverer: Deliverer;
  log: Record<string, unknown>[];
  /** How each try ended. */
  tries: string[];
  add(webhook?: Partial<NewWebhook>): Promise<{ webhookId: string; secret: string }>;
  /** So many facts of one case; gives the ids of their events. */
  record(count: number, type?: string): Promise<string[]>;
  /** Delivers what there is at this moment. */
  deliver(): Promise<void>;
  /** Tries so often, whatever the pauses. */
  deliverFor(tries: number): Promise<void>;
  state(webhookId: string): Promise<WebhookEntry>;
  /** Another process: with connections of its own, where a database takes those of several processes in one thread. */
  another(store?: InMemoryEventStore): Promise<WebhooksAtWork>;
  close(): Promise<void>;
}

export async function webhooksOn(
  database: FreshDatabase,
  shared?: { work: ConsumersAtWork; keys: KeyStore },
): Promise<WebhooksAtWork> {
  const work = shared?.work ?? (await consumersOn(database));
  const keys = shared?.keys ?? (await keysAt(database.location));
  const receiver = new Receiver();
  const log: Record<string, unknown>[] = [];
  const write = (line: string): unknown => log.push(JSON.parse(line) as Record<string, unknown>);
  const tries: string[] = [];
  const { clock, store, feed, database: consumers } = work;
  const { webhooks, deliverer } = await webhookParts({
    ...{ consumers, keys, store, feed, clock },
    production: true,
    sender: receiver,
    log: createLog({ logLevel: 'debug' }, { write }),
    tell: (kind) => tries.push(kind),
  });
  const deliver = async (): Promise<void> => {
    await deliverer.look();
    await deliverer.idle();
  };
  return {
    work,
    webhooks,
    parked: new ParkedMessages(consumers, webhooks),
    keys,
    receiver,
    deliverer,
    log,
    tries,
    add: (webhook = {}) => webhooks.add({ url: ADDRESS, ...webhook }),
    record: async (count, type) => {
      const ids: string[] = [];
      for (let made = 0; made < count; made++) ids.push(await work.record('a', type));
      return ids;
    },
    deliver,
    deliverFor: async (count) => {
      for (let tried = 0; tried < count; tried++) {
        await deliver();
        clock.forward(DAY);
      }
    },
    state: async (webhookId) => {
      const found = (await webhooks.list()).find((one) => one.webhookId === webhookId);
      if (!found) throw new Error('there is no such webhook');
      return found;
    },
    another: async (other) => {
      const alone = database.location.kind === 'sqlite' && other === undefined;
      return webhooksOn(database, { work: alone ? work : await work.another(other), keys });
    },
    close: async () => {
      await keys.close();
      await work.close();
    },
  };
}
