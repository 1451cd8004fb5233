import { sql, type Kysely } from 'kysely';

export interface AccessTables {
  principal: {
    principalId: string;
    label: string;
    /** A JSON array of roles. */
    roles: string;
    createdAt: string;
  };
  apiKey: {
    keyId: string;
    principalId: string;
    /** HMAC-SHA-256 of the key under the pepper. */
    digest: Buffer;
    createdAt: string;
    expiresAt: string | null;
    revokedAt: string | null;
    /** To the minute. */
    lastUsedAt: string | null;
  };
  /** One row: tells a wrong master key from wrong API keys. */
  pepperCheck: { id: number; digest: Buffer };
}

export async function createAccessTables(database: Kysely<AccessTables>): Promise<void> {
  await sql`CREATE TABLE IF NOT EXISTS principal (
    principalId TEXT PRIMARY KEY, label TEXT NOT NULL, roles TEXT NOT NULL, createdAt TEXT NOT NULL
  ) STRICT`.execute(database);
  await sql`CREATE TABLE IF NOT EXISTS apiKey (
    keyId TEXT PRIMARY KEY, principalId TEXT NOT NULL REFERENCES principal, digest BLOB NOT NULL,
    createdAt TEXT NOT NULL, expiresAt TEXT, revokedAt TEXT, lastUsedAt TEXT
  ) STRICT`.execute(database);
  await sql`CREATE TABLE IF NOT EXISTS pepperCheck (
    id INTEGER PRIMARY KEY CHECK (id = 1), digest BLOB NOT NULL
  ) STRICT`.execute(database);
}
