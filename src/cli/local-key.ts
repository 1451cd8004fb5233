import { userInfo } from 'node:os';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { ServiceKey } from '../keys/service-key.js';
import { openKeyStore } from '../open-key-store.js';
import { AccessDatabase } from '../security/access-database.js';
import { ApiKeys } from '../security/api-keys.js';
import { KeyDigest } from '../security/key-digest.js';
import { Labels } from '../security/labels.js';
import { Principals } from '../security/principals.js';
import type { Role } from '../security/roles.js';

/** It is taken back at the end; this is for a command line that is killed. */
const LASTS_MS = 24 * 60 * 60 * 1000;
const INTERRUPTED = 130;

/** Does the work with an API key of its own: whoever can read the data folder and the master key could make one anyhow. */
export async function withLocalKey<T>(
  config: Config,
  clock: Clock,
  role: Role,
  work: (key: string) => Promise<T>,
): Promise<T> {
  const serviceKey = await serviceKeyOf(config);
  const [digest, labels] = [new KeyDigest(serviceKey), new Labels(serviceKey)];
  const database = new AccessDatabase(config, digest, labels);
  try {
    await database.open();
    const keys = new ApiKeys(database, digest, clock);
    const expires = new Date(clock.now().getTime() + LASTS_MS).toISOString();
    const key = await keys.issue(await principalFor(new Principals(database, labels, clock), role), expires);
    // The last working admin key cannot be revoked; it expires.
    const takeBack = (): Promise<void> => keys.revoke(key.keyId).catch(() => undefined);
    const interrupted = (): void => void takeBack().finally(() => process.exit(INTERRUPTED));
    process.once('SIGINT', interrupted);
    try {
      return await work(key.text);
    } finally {
      process.off('SIGINT', interrupted);
      await takeBack();
    }
  } finally {
    await database.close();
  }
}

async function serviceKeyOf(config: Config): Promise<ServiceKey> {
  const store = await openKeyStore(config);
  try {
    return await ServiceKey.of(store);
  } finally {
    await store.close();
  }
}

/** Always the same one for a user: by it and the line the service knows an imported line again. */
async function principalFor(principals: Principals, role: Role): Promise<string> {
  const label = `command line (${userInfo().username})`;
  const known = (await principals.list()).find(
    (entry) => entry.label === label && entry.roles.join() === role && entry.ended === null,
  );
  return (known ?? (await principals.add(label, [role]))).principalId;
}
