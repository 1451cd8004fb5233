import { type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import { bytesType, textType } from '../../database/dialect.js';

/** Instants are ISO 8601 in UTC, always with milliseconds, so that they compare as text. */
export interface ConsumerTables {
  consumers: {
    name: string;
    /** A JSON array of the types of facts it wants; null: all. */
    types: string | null;
    /** The feed is read up to here: what is not in `deliveries` from before is done. */
    position: string | null;
    created_at: string;
  };
  /** The entries that a consumer has not yet acknowledged, with what became of them. */
  deliveries: DeliveryRow;
  webhooks: WebhookRow;
  /** What deliveries are signed with. The secrets themselves are where the keys are, wrapped. */
  webhook_secrets: {
    secret_id: string;
    webhook_id: string;
    created_at: string;
    /** Signed with until then; null: until further notice. */
    until: string | null;
  };
  /** What was handed out together, kept for a while so that a repeated answer to it is known. */
  leases: {
    lease_id: string;
    consumer: string;
    /** A JSON array. */
    event_ids: string;
    until: string;
  };
}

export interface DeliveryRow {
  consumer: string;
  position: string;
  event_id: string;
  /** Of what the entry is about: of a case, or of a campaign, an estimate or a recommendation. */
  case_id: string;
  /** The `FeedEntry` as JSON. */
  entry: string;
  /** How often it was handed out. */
  attempts: number;
  /** Whoever had it last, also after that lease has run out: he may still say what he did. */
  lease_id: string | null;
  /** Handed out, or put off, until then. */
  held_until: string | null;
  parked_at: string | null;
  /** Why it was parked. */
  parked_code: string | null;
  /** Of a webhook's: what is sent together, and stays together however often it is tried; null as long as it was not. */
  message_id: string | null;
}

/** A consumer whose entries the service delivers by itself. */
export interface WebhookRow {
  webhook_id: string;
  sealed_url: Buffer;
  sealed_label: Buffer | null;
  created_at: string;
  delivered_at: string | null;
  /** Since the first of the tries that have failed one after the other. */
  failing_since: string | null;
  /** Of the last failed try. */
  failure: string | null;
  /** The receiver has said that it is gone, and is asked no more. */
  gone_at: string | null;
}

export const CONSUMER_MIGRATIONS: Record<string, Migration> = {
  '001-consumers': {
    async up(database: Kysely<ConsumerTables>) {
      const text = textType(database);
      await database.schema
        .createTable('consumers')
        .addColumn('name', text, (column) => column.primaryKey())
        .addColumn('types', text)
        .addColumn('position', text)
        .addColumn('created_at', text, (column) => column.notNull())
        .execute();
      await database.schema
        .createTable('deliveries')
        .addColumn('consumer', text, (column) => column.notNull())
        .addColumn('position', text, (column) => column.notNull())
        .addColumn('event_id', text, (column) => column.notNull())
        .addColumn('case_id', text, (column) => column.notNull())
        .addColumn('entry', text, (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('lease_id', text)
        .addColumn('held_until', text)
        .addColumn('parked_at', text)
        .addColumn('parked_code', text)
        .addPrimaryKeyConstraint('deliveries_key', ['consumer', 'position'])
        .execute();
      // Not unique: EventStoreDB takes an id again in another stream.
      await database.schema
        .createIndex('deliveries_by_event')
        .on('deliveries')
        .columns(['consumer', 'event_id'])
        .execute();
      await database.schema
        .createIndex('deliveries_by_case')
        .on('deliveries')
        .columns(['consumer', 'case_id', 'position'])
        .execute();
      await database.schema
        .createTable('leases')
        .addColumn('lease_id', text, (column) => column.primaryKey())
        .addColumn('consumer', text, (column) => column.notNull())
        .addColumn('event_ids', text, (column) => column.notNull())
        .addColumn('until', text, (column) => column.notNull())
        .execute();
      await database.schema
        .createIndex('leases_by_end')
        .on('leases')
        .columns(['consumer', 'until'])
        .execute();
    },
  },
  '002-webhooks': {
    async up(database: Kysely<ConsumerTables>) {
      const text = textType(database);
      const bytes = bytesType(database);
      await database.schema.alterTable('deliveries').addColumn('message_id', text).execute();
      await database.schema
        .createTable('webhooks')
        .addColumn('webhook_id', text, (column) => column.primaryKey())
        .addColumn('sealed_url', bytes, (column) => column.notNull())
        .addColumn('sealed_label', bytes)
        .addColumn('created_at', text, (column) => column.notNull())
        .addColumn('delivered_at', text)
        .addColumn('failing_since', text)
        .addColumn('failure', text)
        .addColumn('gone_at', text)
        .execute();
      await database.schema
        .createTable('webhook_secrets')
        .addColumn('secret_id', text, (column) => column.primaryKey())
        .addColumn('webhook_id', text, (column) => column.notNull())
        .addColumn('created_at', text, (column) => column.notNull())
        .addColumn('until', text)
        .execute();
    },
  },
};
