import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { BackupFault } from './backup-fault.js';

const FILE = 'manifest.json';
const FORMAT = 1;

/** What a backup consists of: the data, and apart from them the wrapped keys. */
export const PARTS = {
  data: { required: ['events.db', 'access.db'], optional: ['consumers.db', 'notary.db'] },
  keys: { required: ['keys.db'], optional: [] },
} as const;

export type Part = keyof typeof PARTS;

interface FileEntry {
  name: string;
  bytes: number;
  /** In hex. */
  sha256: string;
}

/** Stands in each of the two folders. */
export interface Manifest {
  format: typeof FORMAT;
  part: Part;
  /** Random; the same in both folders of one backup. */
  backupId: string;
  /** RFC 3339. */
  madeAt: string;
  files: FileEntry[];
  events: {
    count: number;
    /** The position of the last one; null if there is none. */
    head: string | null;
  };
  /** The master key that all keys of this backup are wrapped by. */
  masterId: string;
}

/** Of the files of cases; the data may hold any number of them. */
export const EVIDENCE = 'evidence';
const EVIDENCE_FILE = /^evidence\/[0-9a-f-]{36}\/[0-9a-f-]{36}\.[0-9a-f]{64}$/;

export const isEvidence = (name: string): boolean => EVIDENCE_FILE.test(name);

/** The names that a folder of a backup may hold. */
export const namesIn = (part: Part): string[] => [
  ...PARTS[part].required,
  ...PARTS[part].optional,
  ...(part === 'data' ? [EVIDENCE] : []),
  FILE,
];

export async function entryOf(folder: string, name: string): Promise<FileEntry> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(folder, name)), hash);
  return { name, bytes: statSync(join(folder, name)).size, sha256: hash.digest('hex') };
}

export function writeManifest(folder: string, manifest: Manifest): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(manifest, undefined, 2)}\n`, {
    mode: 0o600,
    flush: true,
  });
}

/** Throws `BackupFault` for anything but the manifest of this part of a backup. */
export function readManifest(folder: string, part: Part): Manifest {
  const manifest = parsed(folder);
  if (manifest?.format !== FORMAT) {
    throw new BackupFault(`${folder} holds no backup that this program knows (${FILE}, format ${FORMAT}).`);
  }
  if (manifest.part !== part)
    throw new BackupFault(`${folder} holds the ${manifest.part} of a backup, not the ${part}.`);
  const names = new Set(manifest.files.map(({ name }) => name));
  const known = namesIn(part);
  if (
    PARTS[part].required.some((name) => !names.has(name)) ||
    [...names].some((name) => !known.includes(name) && !(part === 'data' && isEvidence(name)))
  ) {
    throw new BackupFault(`The manifest in ${folder} names other files than a backup has.`);
  }
  return manifest;
}

/** Throws `BackupFault` unless both are of one backup. */
export function demandPair(data: Manifest, keys: Manifest): void {
  if (data.backupId !== keys.backupId) {
    throw new BackupFault(
      `The keys are of another backup (${keys.backupId}, ${keys.madeAt}) than the data (${data.backupId}, ${data.madeAt}).`,
    );
  }
  if (data.masterId !== keys.masterId)
    throw new BackupFault('The two manifests tell of different master keys.');
}

function parsed(folder: string): Manifest | undefined {
  try {
    const read: unknown = JSON.parse(readFileSync(join(folder, FILE), 'utf8'));
    return isManifest(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(read: unknown): read is Manifest {
  const { format, part, backupId, madeAt, files, events, masterId } = (read ?? {}) as Partial<Manifest>;
  return (
    format === FORMAT &&
    (part === 'data' || part === 'keys') &&
    [backupId, madeAt, masterId].every((text) => typeof text === 'string') &&
    Array.isArray(files) &&
    files.every((file: Partial<FileEntry> | null) => {
      return (
        typeof file?.name === 'string' && Number.isSafeInteger(file.bytes) && typeof file.sha256 === 'string'
      );
    }) &&
    Number.isSafeInteger(events?.count) &&
    (events?.head === null || typeof events?.head === 'string')
  );
}
