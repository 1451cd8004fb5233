import { ClaimedKeys, type ClaimTables } from './recording/claimed-keys.js';
import { ClaimsByEventId, type KeyClaims } from './recording/key-claims.js';
import type { Config } from './config.js';
import { databaseIn, openDatabaseAt } from './database/open-database.js';

const PLACE = { file: 'commands.db', schema: 'habeas_commands' };

/** Where it is kept which case an idempotency key went to; nowhere, if the store knows it by the ids of the events. */
export async function openKeyClaims(
  config: Pick<Config, 'dataDir' | 'eventStore' | 'databaseUrl'>,
): Promise<KeyClaims> {
  if (config.eventStore === undefined) return new ClaimsByEventId();
  // A power cut may take back the last claims: what is lost with them is a warning to a caller who mistakes one key for another.
  return ClaimedKeys.open(
    openDatabaseAt<ClaimTables>(databaseIn(config, PLACE), {
      applicationName: 'habeas commands',
      durability: 'derived',
    }),
  );
}
