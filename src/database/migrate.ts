import type { Kysely } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';

/**
 * Brings a room's tables up to date, in the order of the migrations' names; all of it or nothing. Each room keeps its own
 * record of what has run, so that rooms can share a database without knowing of each other.
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
  });
  const { error, results } = await migrator.migrateToLatest();
  if (!error) return;
  const failed = results?.find((result) => result.status === 'Error');
  throw new Error(
    `the tables of "${room}" could not be brought up to date${failed ? ` (${failed.migrationName})` : ''}`,
    {
      cause: error,
    },
  );
}
