import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config.js';
import { FolderFiles } from '../files/folder-files.js';
import { flushFile } from '../flush.js';
import { KeyStore } from '../keys/key-store.js';
import { keyIn, MasterKeys } from '../keys/master-keys.js';
import { ErasureList, ErasureListFault, type Erasure } from '../security/erasure-list.js';
import { BackupFault } from './backup-fault.js';
import { checkEvents, checkKeys, checkSound } from './checks.js';
import { demandFree, freshFolder, putInPlace } from './folders.js';
import {
  demandPair,
  entryOf,
  EVIDENCE,
  isEvidence,
  namesIn,
  readManifest,
  type Manifest,
} from './manifest.js';
import type { Show } from './watch.js';

interface RestoreSources {
  data: string;
  keys: string;
  /** A list of erasures; one without a line has to be there, too. */
  erasures: string;
}

export interface Restored {
  manifest: Manifest;
  /** Erasures that were applied to the keys. */
  erasures: number;
}

type Places = Pick<Config, 'dataDir' | 'evidenceDir' | 'masterKeyFile' | 'erasureListFile'>;

/**
 * Makes the data folder from a backup: built and checked beside its place, what was erased since is destroyed in it, and then
 * it is renamed into place as a whole. Before that nothing has changed. Throws `BackupFault`, and `key-damaged`.
 */
export async function restore(config: Places, from: RestoreSources, show: Show): Promise<Restored> {
  demandFree(config.dataDir);
  const [data, keys] = [readManifest(from.data, 'data'), readManifest(from.keys, 'keys')];
  demandPair(data, keys);
  demandEvidenceWithin(config, data);
  demandMasterKey(config.masterKeyFile, data.masterId);
  const given = new ErasureList(from.erasures);
  if (!given.exists()) {
    throw new BackupFault(`${from.erasures} is missing. If nothing was ever erased, give an empty file.`);
  }
  const own = new ErasureList(config.erasureListFile);
  const erasures = readWhole(() => given.read());
  // One that is known here, and not in the list that was given, is not forgotten either.
  const both = [...erasures, ...readWhole(() => own.readOwn())];
  const all = [...new Map(both.map((erasure) => [JSON.stringify(erasure), erasure])).values()];

  const building = `${config.dataDir}.restoring`;
  freshFolder(building, [...namesIn('data'), ...namesIn('keys')]);
  try {
    show('Copying files');
    await copyWhole(from.data, data, building);
    await copyWhole(from.keys, keys, building);
    await checkAndErase(building, { config, manifest: data, erasures: all }, show);
    for (const erasure of erasures) own.add(erasure);
    show('Putting it in place');
    demandFree(config.dataDir);
    putInPlace(building, config.dataDir);
  } catch (error) {
    rmSync(building, { recursive: true, force: true });
    throw error;
  }
  return { manifest: data, erasures: all.length };
}

/** What is copied is what the manifest tells of: it is the copy that is compared. */
async function copyWhole(from: string, { files }: Manifest, to: string): Promise<void> {
  for (const { name, bytes, sha256 } of files) {
    const source = join(from, name);
    if (statSync(source, { throwIfNoEntry: false })?.size !== bytes) {
      throw new BackupFault(`${source} is missing, or not of the size that the manifest tells.`);
    }
    mkdirSync(dirname(join(to, name)), { recursive: true, mode: 0o700 });
    copyFileSync(source, join(to, name));
    chmodSync(join(to, name), 0o600);
    flushFile(join(to, name));
    if ((await entryOf(to, name)).sha256 !== sha256) {
      throw new BackupFault(`${source} is not what was backed up: its SHA-256 is another one.`);
    }
  }
}

async function checkAndErase(
  folder: string,
  { config, manifest, erasures }: { config: Places; manifest: Manifest; erasures: readonly Erasure[] },
  show: Show,
): Promise<void> {
  for (const { name } of manifest.files) if (!isEvidence(name)) checkSound(join(folder, name));
  checkSound(join(folder, 'keys.db'));
  const { count, head, keyIds } = await checkEvents(join(folder, 'events.db'), show, manifest.events.count);
  if (count !== manifest.events.count || head !== manifest.events.head) {
    throw new BackupFault(`The copy holds ${count} events up to ${head}, and the manifest tells of others.`);
  }
  const masters = MasterKeys.inFile(config.masterKeyFile);
  const keys = new KeyStore({ kind: 'sqlite', file: join(folder, 'keys.db') }, masters);
  try {
    await checkKeys(keys, keyIds, show);
    show('Destroying what was erased', 0, erasures.length);
    for (const [index, erasure] of erasures.entries()) {
      await keys.destroy(erasure.keyIds, erasure.erasedAt);
      show('Destroying what was erased', index + 1, erasures.length);
    }
    const found = await keys.find(erasures.flatMap(({ keyIds: named }) => named));
    if ([...found.values()].some((key) => key !== 'destroyed'))
      throw new BackupFault('A key that was erased is still there.');
  } finally {
    await keys.close();
  }
  const files = new FolderFiles(join(folder, EVIDENCE));
  await files.removeGroups(erasures.flatMap(({ caseId, mergedFrom = [] }) => [caseId, ...mergedFrom]));
}

/** Files that were put where no service looks would be missed only by whoever asks for one. */
function demandEvidenceWithin({ dataDir, evidenceDir }: Places, { files }: Manifest): void {
  if (evidenceDir === join(dataDir, EVIDENCE) || !files.some(({ name }) => isEvidence(name))) return;
  throw new BackupFault(
    `HABEAS_EVIDENCE is ${evidenceDir}: restore without it, then move the folder ${EVIDENCE} of the data there.`,
  );
}

function demandMasterKey(file: string, masterId: string): void {
  const key = keyIn(file);
  if (!key) throw new BackupFault(`There is no master key in ${file}: the one of the backup belongs there.`);
  if (key.id === masterId) return;
  throw new BackupFault(
    `The keys of this backup are wrapped by the master key ${masterId}; in ${file} is another one (${key.id}).`,
  );
}

function readWhole(read: () => Erasure[]): Erasure[] {
  try {
    return read();
  } catch (error) {
    if (error instanceof ErasureListFault) throw new BackupFault(error.message);
    throw error;
  }
}
