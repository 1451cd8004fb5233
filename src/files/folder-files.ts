import { createReadStream } from 'node:fs';
import { chmod, link, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 } from 'uuid';
import { HabeasError } from '../errors.js';
import { flushFolder } from '../flush.js';
import { isLeft, ownDraftName } from './draft-names.js';
import { FileStore, type Draft, type FilePlace } from './file-store.js';

const DRAFTS = 'drafts';
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** The rights on what is made. */
export interface Rights {
  folder: number;
  file: number;
}

const OWNER_ONLY: Rights = { folder: 0o700, file: 0o600 };

/** Files in a folder: `<group>/<name>`, and drafts beside the groups. Several processes may share it. */
export class FolderFiles implements FileStore {
  readonly #drafts: string;

  /** The folder is made when it is needed. Drafts are the owner's alone, whatever the rights. */
  constructor(
    private readonly folder: string,
    private readonly rights: Rights = OWNER_ONLY,
  ) {
    this.#drafts = join(folder, DRAFTS);
  }

  async draft(): Promise<Draft> {
    await hasRoom(makeFolder(this.folder, this.rights));
    await hasRoom(makeFolder(this.#drafts, OWNER_ONLY));
    const file = join(this.#drafts, ownDraftName(v7()));
    return {
      write: (bytes) => hasRoom(writeDraft(file, bytes, this.rights)),
      keepAs: (place) => hasRoom(this.#keep(file, place)),
      discard: () => rm(file, { force: true }),
    };
  }

  async open(place: FilePlace): ReturnType<FileStore['open']> {
    const file = this.#fileOf(place);
    const found = await stat(file).catch(unlessAbsent);
    return found && { size: found.size, bytes: () => createReadStream(file) };
  }

  async remove(place: FilePlace): Promise<void> {
    await rm(this.#fileOf(place), { force: true });
  }

  async removeGroups(groups: readonly string[]): Promise<void> {
    let removed = false;
    for (const group of groups) {
      const folder = join(this.folder, plain(group));
      if (!(await stat(folder).catch(unlessAbsent))) continue;
      await rm(folder, { recursive: true, force: true });
      removed = true;
    }
    if (removed) flushFolder(this.folder);
  }

  async removeLeftDrafts(): Promise<void> {
    for (const name of (await readdir(this.#drafts).catch(unlessAbsent)) ?? []) {
      const file = join(this.#drafts, name);
      const found = await stat(file).catch(unlessAbsent);
      if (found && isLeft(name, found.mtimeMs)) await rm(file, { force: true });
    }
  }

  async #keep(draft: string, place: FilePlace): Promise<boolean> {
    const file = this.#fileOf(place);
    const isMade = await makeFolder(dirname(file), this.rights);
    // A link, since a rename would replace what another process has put there.
    const isNew = await link(draft, file).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    flushFolder(dirname(file));
    if (isMade) flushFolder(this.folder);
    await unlink(draft);
    return isNew;
  }

  #fileOf({ group, name }: FilePlace): string {
    return join(this.folder, plain(group), plain(name));
  }
}

/** True if it was not there. What the process denies to others by default (its umask) is no measure here. */
async function makeFolder(folder: string, { folder: mode }: Rights): Promise<boolean> {
  const made = await mkdir(folder, { recursive: true, mode });
  if (made === undefined) return false;
  await chmod(folder, mode);
  return true;
}

async function writeDraft(file: string, bytes: AsyncIterable<Buffer>, { file: mode }: Rights): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.chmod(mode);
    for await (const part of bytes) await writeWhole(handle, part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(handle: Awaited<ReturnType<typeof open>>, part: Buffer): Promise<void> {
  for (let from = 0; from < part.length;) from += (await handle.write(part, from)).bytesWritten;
}

/** A disk has an end for bytes and one for files; some tell of either only when they flush. */
async function hasRoom<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!NO_ROOM.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
    throw new HabeasError(
      'storage_full',
      'storage-full',
      'there is no room left for this file',
      {},
      { cause: error },
    );
  }
}

function unlessAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

/** What a list or a backup names is no way out of the folder, nor to the drafts of others. */
function plain(id: string): string {
  if (id === DRAFTS || !/^[\w-][\w.-]*$/.test(id)) throw new Error('a file or a group is named by its id');
  return id;
}
