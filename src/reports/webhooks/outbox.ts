import { Injectable } from '@nestjs/common';
import type { Kysely, Transaction } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../../clock.js';
import { EventStore, type Position } from '../../event-store/event-store.js';
import { ConsumerDatabase } from '../consumers/consumer-database.js';
import { aloneWith } from '../consumers/consumer-named.js';
import type { ConsumerTables, DeliveryRow, WebhookRow } from '../consumers/consumer-tables.js';
import { Intake } from '../consumers/intake.js';
import { handOut, type LeasedEntry } from '../consumers/leasing.js';
import { changeDeliveries } from '../consumers/outstanding.js';
import { settle, type Settlement } from '../consumers/settling.js';
import { ChangeFeed } from '../feed/change-feed.js';

/** As many as keep a body at about 20 KB. */
const MOST_EVENTS = 100;
/** Longer than a try may take, or a second process would begin another beside it. */
const LEASE_SECONDS = 30;

/** What is sent together, with an id that it keeps. */
export interface Message {
  messageId: string;
  leaseId: string;
  /** This one included. */
  tries: number;
  entries: readonly LeasedEntry[];
}

/** What a try has shown of the receiver. */
export type Seen = Partial<Pick<WebhookRow, 'delivered_at' | 'gone_at'>> & { failure: string | null };

/** A webhook is a consumer whose name no route takes. */
export const consumerOf = (webhookId: string): string => `webhook:${webhookId}`;

/**
 * What is to be delivered to webhooks, with the leases and the parking of consumers. One message of a webhook is on its way at a
 * time, the next one when that is delivered or parked: so they come in order, and one receiver that is away is tried once.
 */
@Injectable()
export class Outbox {
  readonly #tables: Kysely<ConsumerTables>;
  readonly #intake: Intake;
  /** Where the store stood when the feed had no more for a webhook. */
  readonly #exhaustedAt = new Map<string, Position | undefined>();

  constructor(
    { tables }: ConsumerDatabase,
    feed: ChangeFeed,
    private readonly store: EventStore,
    private readonly clock: Clock,
  ) {
    this.#tables = tables;
    this.#intake = new Intake(tables, feed, store);
  }

  /** Leases what is to be sent to it now, if anything is. */
  async next(webhookId: string): Promise<Message | undefined> {
    const name = consumerOf(webhookId);
    if ((await firstOf(this.#tables, name)) === undefined) await this.#takeIn(webhookId);
    const now = this.clock.now();
    return aloneWith(this.#tables, name, async (transaction) => {
      const rows = await messageOf(transaction, name, now.toISOString());
      const [first] = rows;
      if (first === undefined) return undefined;
      const messageId = first.message_id ?? uuidv7();
      if (first.message_id === null) await changeDeliveries(transaction, rows, { message_id: messageId });
      const { leaseId, entries } = await handOut(transaction, name, rows, { seconds: LEASE_SECONDS, now });
      return leaseId === null ? undefined : { messageId, leaseId, tries: first.attempts + 1, entries };
    });
  }

  /** Says what became of a message, and what that says of the receiver, together. */
  async settle(webhookId: string, { leaseId }: Message, settlement: Settlement, seen: Seen): Promise<void> {
    const name = consumerOf(webhookId);
    const now = this.clock.now().toISOString();
    await aloneWith(this.#tables, name, async (transaction) => {
      await settle(transaction, name, { leaseId }, settlement, now);
      await this.note(webhookId, seen, transaction);
    });
  }

  /** A try that came to nothing of which its receiver would know. */
  async giveBack(webhookId: string, { leaseId }: Message): Promise<void> {
    const name = consumerOf(webhookId);
    const now = this.clock.now().toISOString();
    await aloneWith(this.#tables, name, (transaction) =>
      settle(transaction, name, { leaseId }, { kind: 'retry', notBefore: null }, now),
    );
  }

  /** What is known of the receiver without a try that ended. */
  async note(webhookId: string, seen: Seen, tables: Kysely<ConsumerTables> = this.#tables): Promise<void> {
    const now = this.clock.now().toISOString();
    await tables
      .updateTable('webhooks')
      .set((eb) => ({
        ...seen,
        failing_since: seen.failure === null ? null : eb.fn.coalesce('failing_since', eb.val(now)),
      }))
      .where('webhook_id', '=', webhookId)
      .execute();
  }

  /** Asks the feed only if something was recorded since it had no more. */
  async #takeIn(webhookId: string): Promise<void> {
    const head = await this.store.head();
    if (head === undefined || this.#exhaustedAt.get(webhookId) === head) return;
    const more = await this.#intake.take(consumerOf(webhookId), MOST_EVENTS);
    if (!more) this.#exhaustedAt.set(webhookId, head);
  }
}

const waitingOf = (tables: Kysely<ConsumerTables>, consumer: string) =>
  tables
    .selectFrom('deliveries')
    .selectAll()
    .where('consumer', '=', consumer)
    .where('parked_at', 'is', null)
    .orderBy('position');

const firstOf = (tables: Kysely<ConsumerTables>, consumer: string): Promise<DeliveryRow | undefined> =>
  waitingOf(tables, consumer).limit(1).executeTakeFirst();

/** The first ones that are not parked: those that were sent together before, or some that were not. None while they are leased or put off. */
async function messageOf(
  transaction: Transaction<ConsumerTables>,
  consumer: string,
  now: string,
): Promise<DeliveryRow[]> {
  const first = await firstOf(transaction, consumer);
  if (first === undefined || (first.held_until ?? '') > now) return [];
  const { message_id: messageId } = first;
  return waitingOf(transaction, consumer)
    .where('message_id', messageId === null ? 'is' : '=', messageId)
    .limit(MOST_EVENTS)
    .execute();
}
