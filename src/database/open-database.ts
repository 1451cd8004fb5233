import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { openPostgres } from './postgres.js';
import { openDatabase, type DatabaseOptions } from './sqlite.js';

/** Where a room keeps its tables. Plain data: it may be handed to a worker. The URL holds a password: never log it. */
export type DatabaseLocation =
  | { kind: 'sqlite'; file: string }
  | {
      kind: 'postgres';
      url: string;
      /** Of its own: rooms of one database do not know of each other. */
      schema: string;
    };

/** A file in the data folder, or a schema of the PostgreSQL database if there is one. */
export const databaseIn = (
  { dataDir, databaseUrl }: { dataDir: string; databaseUrl: string | undefined },
  { file, schema }: { file: string; schema: string },
): DatabaseLocation =>
  databaseUrl === undefined
    ? { kind: 'sqlite', file: join(dataDir, file) }
    : { kind: 'postgres', url: databaseUrl, schema };

export interface OpenOptions extends DatabaseOptions {
  /** Shown to whoever looks at the sessions of a PostgreSQL server. */
  applicationName: string;
  /** Connections to a PostgreSQL server, made as they are needed. */
  poolSize?: number;
}

/** The one way to open a database. Neither kind connects before the first query, and `destroy()` closes both. */
export function openDatabaseAt<T>(location: DatabaseLocation, options: OpenOptions): Kysely<T> {
  return location.kind === 'sqlite'
    ? openDatabase<T>(location.file, options)
    : openPostgres<T>(location.url, { schema: location.schema, ...options });
}
