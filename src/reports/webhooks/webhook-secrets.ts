import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Kysely } from 'kysely';
import { Clock } from '../../clock.js';
import { HabeasError } from '../../errors.js';
import { KeyStore } from '../../keys/key-store.js';
import { ConsumerDatabase } from '../consumers/consumer-database.js';
import type { ConsumerTables } from '../consumers/consumer-tables.js';
import { newSecret, secretAsText } from './signature.js';

/** Like that of any other key: random, so that it says nothing of what it is the key of. */
const KEY_ID_BYTES = 16;

export interface ShownSecret {
  secretId: string;
  /** The only time that it is shown. */
  secret: string;
}

export interface SecretEntry {
  secretId: string;
  createdAt: string;
  /** Signed with until then; null: until further notice. */
  until: string | null;
}

/** What deliveries are signed with: kept among the wrapped keys, so that nobody can sign with the database alone. */
@Injectable()
export class WebhookSecrets {
  readonly #tables: Kysely<ConsumerTables>;

  constructor(
    { tables }: ConsumerDatabase,
    private readonly keys: KeyStore,
    private readonly clock: Clock,
  ) {
    this.#tables = tables;
  }

  /** Kept before any table names it: what is cut off in between leaves a key of nothing. */
  async make(): Promise<ShownSecret> {
    const [secretId, bytes] = [randomBytes(KEY_ID_BYTES).toString('base64url'), newSecret()];
    await this.keys.add([{ keyId: secretId, bytes }]);
    return { secretId, secret: secretAsText(bytes) };
  }

  async assign(secretId: string, webhookId: string, tables: Kysely<ConsumerTables>): Promise<void> {
    const created_at = this.clock.now().toISOString();
    await tables
      .insertInto('webhook_secrets')
      .values({ secret_id: secretId, webhook_id: webhookId, created_at, until: null })
      .execute();
  }

  /** Those in force sign for so long still, if they would have for longer. */
  async limit(webhookId: string, seconds: number, tables: Kysely<ConsumerTables>): Promise<void> {
    const until = new Date(this.clock.now().getTime() + seconds * 1000).toISOString();
    await tables
      .updateTable('webhook_secrets')
      .set({ until })
      .where('webhook_id', '=', webhookId)
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', until)]))
      .execute();
  }

  /** Those in force, the newest first. */
  async of(webhookId: string): Promise<SecretEntry[]> {
    const rows = await this.#tables
      .selectFrom('webhook_secrets')
      .selectAll()
      .where('webhook_id', '=', webhookId)
      .where(({ eb, or }) => or([eb('until', 'is', null), eb('until', '>', this.clock.now().toISOString())]))
      .orderBy('created_at', 'desc')
      .orderBy('secret_id', 'desc')
      .execute();
    return rows.map(({ secret_id: secretId, created_at: createdAt, until }) => ({
      secretId,
      createdAt,
      until,
    }));
  }

  /** The bytes of those in force. Throws `key-lost` where there is none to sign with. */
  async inForce(webhookId: string): Promise<Buffer[]> {
    const ids = (await this.of(webhookId)).map(({ secretId }) => secretId);
    const found = await this.keys.find(ids);
    const bytes = ids.flatMap((id) => {
      const key = found.get(id);
      return key === undefined || key === 'destroyed' ? [] : [key.bytes];
    });
    if (bytes.length === 0)
      throw new HabeasError('unavailable', 'key-lost', 'the secret of a webhook is lost');
    return bytes;
  }

  /** All of it, also those no longer in force. The keys go first: what is cut off then signs nothing any more. */
  async destroy(webhookId: string): Promise<void> {
    const rows = await this.#tables
      .selectFrom('webhook_secrets')
      .select('secret_id')
      .where('webhook_id', '=', webhookId)
      .execute();
    await this.keys.destroy(
      rows.map(({ secret_id }) => secret_id),
      this.clock.now().toISOString(),
    );
  }
}
