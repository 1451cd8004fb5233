import { type Kysely, sql } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import { HabeasError } from '../errors.js';
import { isPostgres } from './dialect.js';

/**
 * Brings a room's tables up to date, in the order of the migrations' names; all of it or nothing. Each room keeps its own
 * record of what has run, so that rooms can share a database without knowing of each other. Processes that start at once wait
 * for each other. In PostgreSQL the schema is made, too, if it is not there.
 */
export async function migrate<T>(
  database: Kysely<T>,
  room: string,
  migrations: Record<string, Migration>,
): Promise<void> {
  const migrator = new Migrator({
    db: database,
    provider: { getMigrations: async () => migrations },
    migrationTableName: `${room}_migrations`,
    migrationLockTableName: `${room}_migrations_lock`,
    // Said by name: else a table of that name in any other schema would do.
    ...(isPostgres(database) && { migrationTableSchema: await schemaOf(database) }),
  });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  // The database is away, which says nothing of the tables.
  if (error instanceof HabeasError) throw error;
  const failed = results?.find((result) => result.status === 'Error');
  throw new Error(
    `the tables of "${room}" could not be brought up to date${failed ? ` (${failed.migrationName})` : ''}`,
    {
      cause: error,
    },
  );
}

/** Where this connection's tables go. It is a plain name, and the only one in the path. */
async function schemaOf<T>(database: Kysely<T>): Promise<string> {
  const { rows } = await sql<{ search_path: string }>`show search_path`.execute(database);
  return rows[0]?.search_path ?? 'public';
}
