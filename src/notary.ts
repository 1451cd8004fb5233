import type { Kysely } from 'kysely';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { migrate } from './database/migrate.js';
import { databaseIn, openDatabaseAt, type DatabaseLocation } from './database/open-database.js';
import { turnsAt, type TakeTurn } from './database/turn.js';
import type { EventStore } from './event-store/event-store.js';
import { makeKey } from './security/key-files.js';
import { LOG_MIGRATIONS, type LogTables } from './transparency/log/log-tables.js';
import { CheckpointMemory } from './transparency/notary/checkpoint-memory.js';
import { memoryFileOf, signerOf, type Signer } from './transparency/notary/notary-key.js';
import { NotaryRole } from './transparency/notary/notary-role.js';
import type { NotaryNews } from './transparency/notary/notary.js';

const NOTARY_CONNECTIONS = 2;

/** Where the log is: a file beside the embedded store, or a schema of the PostgreSQL database if there is one. */
export const logIn = (config: Pick<Config, 'dataDir' | 'databaseUrl'>): DatabaseLocation =>
  databaseIn(config, { file: 'notary.db', schema: 'habeas_notary' });

export const openLogDatabase = (
  location: DatabaseLocation,
  options: { readOnly?: boolean; poolSize?: number } = {},
): Kysely<LogTables> => openDatabaseAt<LogTables>(location, { applicationName: 'habeas log', ...options });

/** Makes the tables of the log. Any process may be the first. */
export async function prepareLogDatabase(location: DatabaseLocation): Promise<void> {
  const database = openLogDatabase(location);
  try {
    await migrate(database, 'tlog', LOG_MIGRATIONS);
  } finally {
    await database.destroy();
  }
}

/** What signs, and what it remembers. Outside of production the key is made at the first start. */
export const signerIn = ({
  notaryKeyFile,
}: Pick<Config, 'notaryKeyFile'>): { signer: Signer; memory: CheckpointMemory } => ({
  signer: signerOf(makeKey(notaryKeyFile)),
  memory: new CheckpointMemory(memoryFileOf(notaryKeyFile)),
});

export const notaryTurnsIn = (location: DatabaseLocation): TakeTurn | undefined =>
  turnsAt(location, 'notary');

export interface NotarySettings {
  config: Pick<Config, 'dataDir' | 'databaseUrl' | 'notaryKeyFile'>;
  store: EventStore;
  clock: Clock;
  tell: (news: NotaryNews) => void;
}

/** The notary of this service, with connections of its own; `stop` closes those, not the store. */
export function openNotary({ config, ...parts }: NotarySettings): {
  start: () => void;
  stop: () => Promise<void>;
} {
  const location = logIn(config);
  const signing = signerIn(config);
  const database = openLogDatabase(location, { poolSize: NOTARY_CONNECTIONS });
  const role = new NotaryRole({ database, takeTurn: notaryTurnsIn(location), ...signing, ...parts });
  return {
    start: () => role.start(),
    stop: async () => {
      await role.stop();
      await database.destroy();
    },
  };
}
