import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { HabeasError } from '../../errors.js';
import { ConsumerDatabase } from '../consumers/consumer-database.js';
import { aloneWith } from '../consumers/consumer-named.js';
import type { ConsumerTables, DeliveryRow } from '../consumers/consumer-tables.js';
import type { FeedEntry } from '../feed/feed-entry.js';
import { toldOf, type ToldEvent } from './delivery.js';
import { consumerOf } from './outbox.js';
import { Webhooks } from './webhooks.js';

/** Of entries, of which up to a hundred are one message. */
const MOST_SHOWN = 2_000;

export interface ParkedMessage {
  /** The `webhook-id` that it was sent with. */
  messageId: string;
  /** Of the last try. */
  code: string;
  parkedAt: string;
  tries: number;
  events: ToldEvent[];
}

/** What was tried in vain and put aside. */
@Injectable()
export class ParkedMessages {
  readonly #tables: Kysely<ConsumerTables>;

  constructor(
    { tables }: ConsumerDatabase,
    private readonly webhooks: Webhooks,
  ) {
    this.#tables = tables;
  }

  /** The first ones, in order. */
  async of(webhookId: string): Promise<ParkedMessage[]> {
    await this.webhooks.find(webhookId);
    const rows = await parkedRows(this.#tables, webhookId).limit(MOST_SHOWN).execute();
    const messages = Map.groupBy(rows, ({ message_id }) => message_id ?? '');
    return [...messages.values()].map(messageOf);
  }

  /** These, or all, are tried as if they were new. Gives their ids, without those that are not parked. */
  async retry(webhookId: string, messageIds?: readonly string[]): Promise<string[]> {
    const name = consumerOf(webhookId);
    return aloneWith(this.#tables, name, async (tables) => {
      const { gone_at } = await this.webhooks.find(webhookId, tables);
      if (gone_at !== null) throw gone();
      const anew = { parked_at: null, parked_code: null, lease_id: null, held_until: null, attempts: 0 };
      const rows = await tables
        .updateTable('deliveries')
        .set(anew)
        .where('consumer', '=', name)
        .where('parked_at', 'is not', null)
        .$if(messageIds !== undefined, (query) => query.where('message_id', 'in', messageIds ?? []))
        .returning('message_id')
        .execute();
      return [...new Set(rows.map(({ message_id }) => message_id ?? ''))].toSorted();
    });
  }
}

const parkedRows = (tables: Kysely<ConsumerTables>, webhookId: string) =>
  tables
    .selectFrom('deliveries')
    .selectAll()
    .where('consumer', '=', consumerOf(webhookId))
    .where('parked_at', 'is not', null)
    .orderBy('position');

function messageOf(rows: readonly DeliveryRow[]): ParkedMessage {
  const [first] = rows;
  return {
    messageId: first?.message_id ?? '',
    code: first?.parked_code ?? '',
    parkedAt: first?.parked_at ?? '',
    tries: first?.attempts ?? 0,
    events: rows.map(({ entry }) => toldOf(JSON.parse(entry) as FeedEntry)),
  };
}

const gone = (): HabeasError =>
  new HabeasError('refused', 'webhook-gone', 'its receiver has said that it is gone: make another webhook');
