import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import type { DatabaseOptions } from './sqlite.js';
import { unreachable } from './postgres-failures.js';
import { PostgresSession } from './postgres-session.js';
import { sessionOf } from './postgres-settings.js';

const CONNECTIONS = 5;
const CONNECT_MS = 5_000;
const IDLE_MS = 30_000;
/** Less than a request may take: whoever made it is to hear why there is no answer. */
const STATEMENT_MS = 10_000;

export interface PostgresOptions extends DatabaseOptions {
  schema: string;
  applicationName: string;
  /** The most connections at a time, 5 if nothing is said. Whoever waits longer than 5 s for one is refused. */
  poolSize?: number;
  /** How long a statement may take before it is given up, 10 s if nothing is said. */
  statementMs?: number;
}

/**
 * A schema of a PostgreSQL database under Kysely; `migrate` makes it if it is not there. Connections are made as they are
 * needed. Whatever keeps the database from answering comes out as a `HabeasError` of the kinds `unavailable`,
 * `storage_full`, or, for a change that nobody can say of whether it was made, `outcome_unknown`.
 */
export function openPostgres<T>(
  url: string,
  {
    schema,
    applicationName,
    poolSize = CONNECTIONS,
    statementMs = STATEMENT_MS,
    readOnly = false,
    durability = 'full',
  }: PostgresOptions,
): Kysely<T> {
  const pool = new pg.Pool({
    ...sessionOf(url, {
      applicationName,
      statementMs,
      settings: {
        search_path: schema,
        // What is derived can be made again, together with how far it has been made.
        ...(durability === 'derived' && { synchronous_commit: 'off' }),
        ...(readOnly && { default_transaction_read_only: 'on' }),
      },
    }),
    max: poolSize,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
  });
  // An idle connection that is lost has left the pool by then; the next query makes another.
  pool.on('error', () => undefined);
  return new Kysely<T>({ dialect: new PostgresDialect({ pool: sessionsOf(pool, readOnly) }) });
}

const sessionsOf = (pool: pg.Pool, readOnly: boolean): PostgresPool => ({
  connect: async () => {
    try {
      return new PostgresSession(await pool.connect(), readOnly);
    } catch (error) {
      throw unreachable(error);
    }
  },
  end: () => pool.end(),
  options: {},
});
