import { createSecretKey } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { caseIdOf } from '../cases/case-stream.js';
import type { FactData, FactType } from '../cases/domain/facts/facts.js';
import { checkedBytes } from '../cases/evidence/checked-bytes.js';
import { evidenceBinding, evidencePlace } from '../cases/evidence/evidence-place.js';
import type { StoredEvent } from '../event-store/event-store.js';
import { openedBytes } from '../files/sealed-file.js';
import { flushFile, flushFolder } from '../flush.js';
import type { KeyStore } from '../keys/key-store.js';
import { keyIdsIn } from '../ledger/chain.js';
import { BackupFault } from './backup-fault.js';
import { EVIDENCE } from './manifest.js';
import type { Show } from './watch.js';

/** A file that a case tells of. */
export interface NamedEvidence extends Pick<FactData['EvidenceAttached'], 'evidenceId' | 'sha256' | 'size'> {
  caseId: string;
  keyId: string;
}

interface Place {
  folder: string;
  keys: KeyStore;
}

/** One or none. */
export function evidenceIn(event: StoredEvent): NamedEvidence[] {
  if (event.type !== ('EvidenceAttached' satisfies FactType)) return [];
  const { data } = JSON.parse(event.payload) as { data: FactData['EvidenceAttached'] };
  const { evidenceId, sha256, size } = data;
  return [{ caseId: caseIdOf(event.stream), keyId: keyIdsIn(event)[0] ?? '', evidenceId, sha256, size }];
}

/** Copies the files of cases that were not erased, and checks each copy. Gives their names. Throws `BackupFault`. */
export async function copyEvidence(
  named: readonly NamedEvidence[],
  from: Place,
  to: Place,
  show: Show,
): Promise<string[]> {
  const names: string[] = [];
  const folders = new Set<string>();
  for (const [index, one] of named.entries()) {
    const { group, name } = evidencePlace(one);
    const path = `${EVIDENCE}/${group}/${name}`;
    const copy = join(to.folder, path);
    await mkdir(dirname(copy), { recursive: true, mode: 0o700 });
    folders.add(dirname(copy));
    if (
      !(await isErased(one, to.keys)) &&
      (await copied(one, join(from.folder, group, name), copy, from.keys))
    ) {
      await requireSound(one, copy, to.keys);
      names.push(path);
    }
    show('Copying files of cases', index + 1, named.length);
  }
  for (const folder of folders) flushFolder(folder);
  return names;
}

/** False: the erasure of its case was carried out while the rest was copied. */
async function copied(one: NamedEvidence, file: string, copy: string, keys: KeyStore): Promise<boolean> {
  try {
    await copyFile(file, copy);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    if (await isErased(one, keys)) return false;
    throw new BackupFault(`${file} is missing, and its case was not erased.`);
  }
  await chmod(copy, 0o600);
  flushFile(copy);
  return true;
}

async function isErased({ keyId }: NamedEvidence, keys: KeyStore): Promise<boolean> {
  return (await keys.find([keyId])).get(keyId) === 'destroyed';
}

async function requireSound(one: NamedEvidence, copy: string, keys: KeyStore): Promise<void> {
  const found = (await keys.find([one.keyId])).get(one.keyId);
  if (!found || found === 'destroyed') throw new BackupFault(`The key of ${copy} is not in the key store.`);
  const key = createSecretKey(found.bytes);
  try {
    const opened = openedBytes(createReadStream(copy), key, evidenceBinding(one, one.keyId));
    // All of it has to come by.
    for await (const _ of checkedBytes(opened, one));
  } catch {
    throw new BackupFault(`${copy} is not the file that was attached to the case ${one.caseId}.`);
  }
}
