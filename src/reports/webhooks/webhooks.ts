import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../clock.js';
import { Config } from '../../config.js';
import { exclusively } from '../../database/exclusively.js';
import { HabeasError } from '../../errors.js';
import { EventStore } from '../../event-store/event-store.js';
import { ConsumerDatabase } from '../consumers/consumer-database.js';
import { aloneWith } from '../consumers/consumer-named.js';
import { statusOf, type ConsumerStatus } from '../consumers/consumer-status.js';
import type { ConsumerTables, WebhookRow } from '../consumers/consumer-tables.js';
import { faultOf } from './address.js';
import { consumerOf } from './outbox.js';
import { WebhookSeals } from './webhook-seals.js';
import { WebhookSecrets, type SecretEntry, type ShownSecret } from './webhook-secrets.js';

/** Each is asked every second whether it has something to deliver. */
const MOST_WEBHOOKS = 100;

export interface NewWebhook {
  url: string;
  /** Absent: all. */
  types?: readonly string[];
  label?: string;
}

export interface WebhookEntry extends Pick<ConsumerStatus, 'types' | 'position' | 'outstanding'> {
  webhookId: string;
  url: string;
  label: string | null;
  createdAt: string;
  deliveredAt: string | null;
  failingSince: string | null;
  failure: string | null;
  goneAt: string | null;
  /** Those in force, the newest first. */
  secrets: SecretEntry[];
}

/** The webhooks of this service. What a call has answered is on disk, and every call reads what is there. */
@Injectable()
export class Webhooks {
  readonly #tables: Kysely<ConsumerTables>;

  constructor(
    { tables }: ConsumerDatabase,
    private readonly secrets: WebhookSecrets,
    private readonly seals: WebhookSeals,
    private readonly store: EventStore,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    this.#tables = tables;
  }

  /** It is told what is recorded from now on. */
  async add({ url, types, label }: NewWebhook): Promise<ShownSecret & { webhookId: string }> {
    this.#check(url);
    const position = (await this.store.head()) ?? null;
    const secret = await this.secrets.make();
    const webhookId = uuidv7();
    const created_at = this.clock.now().toISOString();
    await exclusively(this.#tables, 'webhooks', async (tables) => {
      await checkRoom(tables);
      await tables
        .insertInto('consumers')
        .values({
          name: consumerOf(webhookId),
          types: types === undefined ? null : JSON.stringify(types.toSorted()),
          position,
          created_at,
        })
        .execute();
      await tables
        .insertInto('webhooks')
        .values({
          webhook_id: webhookId,
          sealed_url: this.seals.url.seal(webhookId, url),
          sealed_label: label === undefined ? null : this.seals.label.seal(webhookId, label),
          created_at,
          delivered_at: null,
          failing_since: null,
          failure: null,
          gone_at: null,
        })
        .execute();
      await this.secrets.assign(secret.secretId, webhookId, tables);
    });
    return { webhookId, ...secret };
  }

  async list(): Promise<WebhookEntry[]> {
    const rows = await this.#tables.selectFrom('webhooks').selectAll().orderBy('webhook_id').execute();
    return Promise.all(rows.map((row) => this.#entryOf(row)));
  }

  /** The ids of those that are to be delivered to. */
  async active(): Promise<string[]> {
    const rows = await this.#tables
      .selectFrom('webhooks')
      .select('webhook_id')
      .where('gone_at', 'is', null)
      .orderBy('webhook_id')
      .execute();
    return rows.map(({ webhook_id }) => webhook_id);
  }

  /** Throws `webhook-not-found`; and `webhook-url-refused` for one that was taken while this was no production. */
  async urlOf(webhookId: string): Promise<string> {
    const url = this.seals.url.open(webhookId, (await this.find(webhookId)).sealed_url);
    this.#check(url);
    return url;
  }

  /** One more secret, and for how long those before it still sign. */
  async renewSecret(webhookId: string, overlapSeconds: number): Promise<ShownSecret> {
    await this.find(webhookId);
    const secret = await this.secrets.make();
    await aloneWith(this.#tables, consumerOf(webhookId), async (tables) => {
      await this.find(webhookId, tables);
      await this.secrets.limit(webhookId, overlapSeconds, tables);
      await this.secrets.assign(secret.secretId, webhookId, tables);
    });
    return secret;
  }

  /** Nothing more is sent to it from now on, by whatever process. */
  async remove(webhookId: string): Promise<void> {
    await this.find(webhookId);
    await this.secrets.destroy(webhookId);
    const name = consumerOf(webhookId);
    await aloneWith(this.#tables, name, async (tables) => {
      await tables.deleteFrom('deliveries').where('consumer', '=', name).execute();
      await tables.deleteFrom('leases').where('consumer', '=', name).execute();
      await tables.deleteFrom('webhook_secrets').where('webhook_id', '=', webhookId).execute();
      await tables.deleteFrom('webhooks').where('webhook_id', '=', webhookId).execute();
      await tables.deleteFrom('consumers').where('name', '=', name).execute();
    });
  }

  /** Throws `webhook-not-found`. */
  async find(webhookId: string, tables: Kysely<ConsumerTables> = this.#tables): Promise<WebhookRow> {
    const row = await tables
      .selectFrom('webhooks')
      .selectAll()
      .where('webhook_id', '=', webhookId)
      .executeTakeFirst();
    if (!row) throw new HabeasError('absent', 'webhook-not-found', 'there is no such webhook');
    return row;
  }

  async #entryOf(row: WebhookRow): Promise<WebhookEntry> {
    const { webhook_id: webhookId, sealed_url, sealed_label } = row;
    const { types, position, outstanding } = await statusOf(
      this.#tables,
      consumerOf(webhookId),
      this.clock.now().toISOString(),
    );
    return {
      webhookId,
      url: this.seals.url.open(webhookId, sealed_url),
      label: sealed_label && this.seals.label.open(webhookId, sealed_label),
      types,
      createdAt: row.created_at,
      position,
      outstanding,
      deliveredAt: row.delivered_at,
      failingSince: row.failing_since,
      failure: row.failure,
      goneAt: row.gone_at,
      secrets: await this.secrets.of(webhookId),
    };
  }

  #check(url: string): void {
    const fault = faultOf(url, this.config);
    if (fault === undefined) return;
    throw new HabeasError('semantic', 'webhook-url-refused', 'nothing is delivered to such an address', {
      errors: [{ pointer: '/body/url', message: fault }],
    });
  }
}

async function checkRoom(tables: Kysely<ConsumerTables>): Promise<void> {
  const { count } = await tables
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) < MOST_WEBHOOKS) return;
  throw new HabeasError('refused', 'too-many-webhooks', `there are ${MOST_WEBHOOKS} webhooks already`);
}
