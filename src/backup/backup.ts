import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.js';
import { KeyStore } from '../keys/key-store.js';
import { MasterKeys } from '../keys/master-keys.js';
import { openKeyStore } from '../open-key-store.js';
import { liesUnder } from '../security/key-files.js';
import { BackupFault } from './backup-fault.js';
import { checkEvents, checkKeys, checkSound } from './checks.js';
import { copyAtOnce, copyBesideWriters } from './copy-database.js';
import { copyEvidence } from './evidence.js';
import { demandFree, freshFolder, putInPlace } from './folders.js';
import { entryOf, namesIn, PARTS, writeManifest, type Manifest, type Part } from './manifest.js';
import type { Show } from './watch.js';

interface BackupPlaces {
  /** Absolute. */
  data: string;
  keys: string;
}

type Folders = Pick<Config, 'dataDir' | 'evidenceDir' | 'masterKeyFile' | 'databaseUrl' | 'keysDatabaseUrl'>;

/**
 * Copies an embedded installation, whether a service runs on it or not, into two folders: one for the data, one for the wrapped
 * keys. Each is built beside its place and renamed when all was checked, the data last: a folder with data is a whole backup.
 * Throws `BackupFault`.
 */
export async function backUp(config: Folders, to: BackupPlaces, show: Show): Promise<Manifest> {
  demandApart(config.dataDir, to);
  demandFree(to.data);
  demandFree(to.keys);
  const parts = { data: `${to.data}.part`, keys: `${to.keys}.part` };
  freshFolder(parts.data, namesIn('data'));
  freshFolder(parts.keys, namesIn('keys'));
  try {
    const manifest = await copied(config, parts, show);
    putInPlace(parts.keys, to.keys);
    try {
      putInPlace(parts.data, to.data);
    } catch (error) {
      rmSync(to.keys, { recursive: true, force: true });
      throw error;
    }
    return manifest;
  } catch (error) {
    for (const part of Object.values(parts)) rmSync(part, { recursive: true, force: true });
    throw error;
  }
}

/**
 * The order matters. A key is kept before the first event that is sealed with it, and whoever records is known before he does:
 * copied after the events, neither can be missing. A consumer stands where events have been: copied before them, it stands at
 * none that is missing. So does the log of the notary, whose key and memory are not part of any backup.
 */
async function copied({ dataDir, ...config }: Folders, to: BackupPlaces, show: Show): Promise<Manifest> {
  for (const name of [...PARTS.data.required, ...PARTS.keys.required]) {
    if (!existsSync(join(dataDir, name)))
      throw new BackupFault(`There is no ${name} in ${dataDir}: nothing to back up.`);
  }
  // What a crash has left half done in the key store is undone by opening it.
  await (await openKeyStore({ dataDir, ...config })).close();
  const names: { data: string[] } = {
    data: [...PARTS.data.required, ...PARTS.data.optional].filter((name) => existsSync(join(dataDir, name))),
  };
  if (names.data.includes('consumers.db'))
    await copyAtOnce(join(dataDir, 'consumers.db'), join(to.data, 'consumers.db'));
  if (names.data.includes('notary.db'))
    await copyBesideWriters(join(dataDir, 'notary.db'), join(to.data, 'notary.db'), show, 'Copying the log');
  await copyBesideWriters(join(dataDir, 'events.db'), join(to.data, 'events.db'), show, 'Copying events');
  await copyAtOnce(join(dataDir, 'access.db'), join(to.data, 'access.db'));
  await copyAtOnce(join(dataDir, 'keys.db'), join(to.keys, 'keys.db'));

  for (const name of names.data) checkSound(join(to.data, name));
  checkSound(join(to.keys, 'keys.db'));
  const { count, head, keyIds, evidence } = await checkEvents(join(to.data, 'events.db'), show);
  const masters = MasterKeys.inFile(config.masterKeyFile);
  const keys = new KeyStore({ kind: 'sqlite', file: join(to.keys, 'keys.db') }, masters);
  try {
    await checkKeys(keys, keyIds, show);
    // A file lies in its place before an event tells of it: copied after the events, none can be missing.
    const live = { folder: config.evidenceDir, keys: await openKeyStore({ dataDir, ...config }) };
    try {
      names.data.push(...(await copyEvidence(evidence, live, { folder: to.data, keys }, show)));
    } finally {
      await live.keys.close();
    }
  } finally {
    await keys.close();
  }

  show('Writing manifests');
  const backupId = randomUUID();
  const madeAt = new Date().toISOString();
  const of = async (part: Part, files: readonly string[]): Promise<Manifest> => ({
    format: 1,
    part,
    backupId,
    madeAt,
    files: await Promise.all(files.map((name) => entryOf(to[part], name))),
    events: { count, head },
    masterId: masters.present.id,
  });
  const manifest = await of('data', names.data);
  writeManifest(to.data, manifest);
  writeManifest(to.keys, await of('keys', PARTS.keys.required));
  return manifest;
}

function demandApart(dataDir: string, { data, keys }: BackupPlaces): void {
  if (liesUnder(keys, data) || liesUnder(data, keys)) {
    throw new BackupFault(`${keys} and ${data} lie one within the other: whoever takes one would have both.`);
  }
  for (const folder of [data, keys]) {
    if (liesUnder(folder, dataDir) || liesUnder(dataDir, folder)) {
      throw new BackupFault(`${folder} and HABEAS_DATA lie one within the other.`);
    }
  }
}
