import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { openDatabaseAt, type DatabaseLocation, type OpenOptions } from '../../src/database/open-database.js';
import { freshPostgres, type FreshPostgres } from './postgres.js';

/** Room for tables that nobody else has, for one test. */
export interface FreshDatabase {
  location: DatabaseLocation;
  /** As often as a test likes; `remove` closes what is still open. */
  open<T>(options?: Partial<OpenOptions>): Kysely<T>;
  remove(): Promise<void>;
}

/** What everything that keeps tables is tested on: `describe.each(DATABASES)('… on %s', (_, fresh) => …)`. */
export const DATABASES: [name: string, fresh: () => Promise<FreshDatabase>][] = [
  ['SQLite', freshFile],
  ['PostgreSQL', freshSchema],
];

export async function freshFile(): Promise<FreshDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'habeas-'));
  return keeping({ kind: 'sqlite', file: join(folder, 'tables.db') }, async () =>
    rmSync(folder, { recursive: true }),
  );
}

export async function freshSchema(): Promise<FreshDatabase & Pick<FreshPostgres, 'ask'>> {
  const { url, ask, drop } = await freshPostgres();
  return { ...keeping({ kind: 'postgres', url, schema: 'tables' }, drop), ask };
}

function keeping(location: DatabaseLocation, remove: () => Promise<void>): FreshDatabase {
  const opened: Kysely<unknown>[] = [];
  return {
    location,
    open: <T>(options: Partial<OpenOptions> = {}) => {
      const database = openDatabaseAt<T>(location, { applicationName: 'a test', ...options });
      opened.push(database as Kysely<unknown>);
      return database;
    },
    remove: async () => {
      await Promise.all(opened.map((database) => database.destroy()));
      await remove();
    },
  };
}
