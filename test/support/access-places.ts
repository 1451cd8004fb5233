import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.js';
import { AccessDatabase } from '../../src/security/access-database.js';
import { KeyDigest } from '../../src/security/key-digest.js';
import { Labels } from '../../src/security/labels.js';
import { ServiceKey } from '../../src/keys/service-key.js';
import { freshPostgres } from './postgres.js';

/** Where one test keeps its access data. */
export interface AccessPlace {
  config: Config;
  /** As often as a test likes, each like a process of its own; `remove` closes them. */
  open(
    masterKey?: Buffer,
  ): Promise<{ database: AccessDatabase; digest: KeyDigest; labels: Labels; config: Config }>;
  remove(): Promise<void>;
}

export const ACCESS_PLACES: [name: string, fresh: () => Promise<AccessPlace>][] = [
  ['SQLite', freshAccessFile],
  ['PostgreSQL', freshAccessSchema],
];

export async function freshAccessFile(): Promise<AccessPlace> {
  return keeping(undefined, async () => undefined);
}

export async function freshAccessSchema(): Promise<AccessPlace> {
  const { url, drop } = await freshPostgres();
  return keeping(url, drop);
}

function keeping(databaseUrl: string | undefined, drop: () => Promise<void>): AccessPlace {
  const folder = mkdtempSync(join(tmpdir(), 'habeas-access-'));
  const config = { dataDir: join(folder, 'data'), databaseUrl } as Config;
  mkdirSync(config.dataDir);
  const opened: AccessDatabase[] = [];
  return {
    config,
    open: async (masterKey = Buffer.alloc(32, 1)) => {
      const serviceKey = new ServiceKey(masterKey);
      const [digest, labels] = [new KeyDigest(serviceKey), new Labels(serviceKey)];
      const database = new AccessDatabase(config, digest, labels);
      opened.push(database);
      await database.open();
      return { database, digest, labels, config };
    },
    remove: async () => {
      await Promise.all(opened.map((database) => database.close()));
      await drop();
      rmSync(folder, { recursive: true });
    },
  };
}
