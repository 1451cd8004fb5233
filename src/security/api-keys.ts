import { Injectable } from '@nestjs/common';
import type { CompiledQuery, Kysely } from 'kysely';
import { Clock } from '../clock.js';
import { exclusively } from '../database/exclusively.js';
import { prepared } from '../database/prepared.js';
import { HabeasError } from '../errors.js';
import { AccessDatabase } from './access-database.js';
import type { AccessTables } from './access-tables.js';
import { isKeyId, mintApiKey, type ApiKey } from './api-key.js';
import { KeyDigest } from './key-digest.js';
import { parseRoles, type Role } from './roles.js';
import { TAKING_AWAY, workingAdminKeys } from './working-admin-keys.js';

export interface KeyEntry {
  keyId: string;
  principalId: string;
  createdAt: string;
  expires: string | null;
  /** To the minute. */
  lastUsed: string | null;
  revoked: string | null;
}

/** A key as the door needs it. */
export interface KnownKey extends KeyEntry {
  digest: Uint8Array;
  roles: Role[];
  /** When its principal has. */
  ended: string | null;
}

type KeyRow = AccessTables['apiKey'];
type DoorRow = KeyRow & { roles: string; endedAt: string | null };

/**
 * The API keys of the principals. Only their digests are kept. What a call has answered is on disk, and every call reads what is
 * there. `outcome_unknown` (the database went away before it said): a key that was not shown opens nothing for anybody, so
 * another may be issued; to revoke again settles it.
 */
@Injectable()
export class ApiKeys {
  readonly #byId: CompiledQuery<DoorRow>;

  constructor(
    private readonly database: AccessDatabase,
    private readonly keyDigest: KeyDigest,
    private readonly clock: Clock,
  ) {
    // Asked on every request: putting the query together takes five times as long as running it.
    this.#byId = prepared(
      database.tables
        .selectFrom('apiKey')
        .innerJoin('principal', 'principal.principalId', 'apiKey.principalId')
        .selectAll('apiKey')
        .select(['roles', 'endedAt'])
        .where('keyId', '=', '')
        .compile(),
    );
  }

  /** A new key; the answer is the only time that it can be seen. `expires` is an instant to come, as `toISOString` writes it. */
  async issue(principalId: string, expires?: string): Promise<ApiKey> {
    if (expires !== undefined && expires <= this.#now()) throw expiredAlready();
    const key = mintApiKey();
    await this.database.tables.transaction().execute(async (tables) => {
      const principal = await tables
        .selectFrom('principal')
        .select('endedAt')
        .where('principalId', '=', principalId)
        .executeTakeFirst();
      if (!principal) throw noKeyFor('unknown-principal', 'names no principal');
      if (principal.endedAt !== null) throw noKeyFor('principal-ended', 'names a principal that has ended');
      await this.register(key, principalId, tables, expires);
    });
    return key;
  }

  async register(
    key: ApiKey,
    principalId: string,
    tables: Kysely<AccessTables>,
    expires?: string,
  ): Promise<void> {
    const dates = { createdAt: this.#now(), expiresAt: expires ?? null, revokedAt: null, lastUsedAt: null };
    const digest = this.keyDigest.of(key.text);
    await tables
      .insertInto('apiKey')
      .values({ keyId: key.keyId, principalId, digest, ...dates })
      .execute();
  }

  async list(): Promise<KeyEntry[]> {
    const rows = await this.database.tables
      .selectFrom('apiKey')
      .selectAll()
      .orderBy('createdAt')
      .orderBy('keyId')
      .execute();
    return rows.map(toEntry);
  }

  async find(keyId: string): Promise<KnownKey | undefined> {
    const query: CompiledQuery<DoorRow> = { ...this.#byId, parameters: [keyId] };
    const { rows } = await this.database.tables.executeQuery(query);
    const row = rows[0];
    return row && { ...toEntry(row), digest: row.digest, roles: parseRoles(row.roles), ended: row.endedAt };
  }

  /** At once and for good; revoking again changes nothing. The last working admin key stays: without it nobody could let anyone in. */
  async revoke(keyId: string): Promise<void> {
    // Its row could not be asked for, either: some databases take no such text.
    if (!isKeyId(keyId)) throw unknownKey();
    await exclusively(this.database.tables, TAKING_AWAY, async (tables) => {
      const row = await tables
        .selectFrom('apiKey')
        .select('revokedAt')
        .where('keyId', '=', keyId)
        .executeTakeFirst();
      if (!row) throw unknownKey();
      if (row.revokedAt !== null) return;
      const admins = await workingAdminKeys(tables, this.#now());
      if (admins.length === 1 && admins[0]?.keyId === keyId) {
        throw new HabeasError(
          'refused',
          'last-admin-key',
          'this is the last working admin key: make another one first',
        );
      }
      await tables.updateTable('apiKey').set({ revokedAt: this.#now() }).where('keyId', '=', keyId).execute();
    });
  }

  async noteUse(keyId: string): Promise<void> {
    await this.database.tables
      .updateTable('apiKey')
      .set({ lastUsedAt: this.#now() })
      .where('keyId', '=', keyId)
      .execute();
  }

  #now(): string {
    return this.clock.now().toISOString();
  }
}

function toEntry({ keyId, principalId, createdAt, expiresAt, lastUsedAt, revokedAt }: KeyRow): KeyEntry {
  return { keyId, principalId, createdAt, expires: expiresAt, lastUsed: lastUsedAt, revoked: revokedAt };
}

function unknownKey(): HabeasError {
  return new HabeasError('absent', 'unknown-key', 'there is no such key');
}

function expiredAlready(): HabeasError {
  return new HabeasError('semantic', 'expired-already', 'the key would never open anything', {
    errors: [{ pointer: '/body/expires', message: 'has passed' }],
  });
}

function noKeyFor(code: 'unknown-principal' | 'principal-ended', message: string): HabeasError {
  return new HabeasError('semantic', code, 'there is no such principal, or it has ended', {
    errors: [{ pointer: '/body/principalId', message }],
  });
}
