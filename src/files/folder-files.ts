import { createReadStream } from 'node:fs';
import { link, mkdir, open, readdir, rm, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { v7 } from 'uuid';
import { HabeasError } from '../errors.js';
import { flushFolder } from '../flush.js';
import { isLeft, ownDraftName } from './draft-names.js';
import { FileStore, type Draft, type FilePlace } from './file-store.js';

const DRAFTS = 'drafts';
const NO_ROOM: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);

/** Files in a folder: `<group>/<name>`, and drafts beside the groups. Several processes may share it. */
export class FolderFiles implements FileStore {
  readonly #drafts: string;

  /** The folder is made when it is needed. */
  constructor(private readonly folder: string) {
    this.#drafts = join(folder, DRAFTS);
  }

  async draft(): Promise<Draft> {
    await mkdir(this.#drafts, { recursive: true, mode: 0o700 });
    const file = join(this.#drafts, ownDraftName(v7()));
    return {
      write: (bytes) => writeDraft(file, bytes),
      keepAs: (place) => this.#keep(file, place),
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
    const made = await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    // A link, since a rename would replace what another process has put there.
    const isNew = await link(draft, file).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false;
        throw error;
      },
    );
    flushFolder(dirname(file));
    if (made !== undefined) flushFolder(this.folder);
    await unlink(draft);
    return isNew;
  }

  #fileOf({ group, name }: FilePlace): string {
    return join(this.folder, plain(group), plain(name));
  }
}

async function writeDraft(file: string, bytes: AsyncIterable<Buffer>): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    for await (const part of bytes) await writeWhole(handle, part);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function writeWhole(handle: Awaited<ReturnType<typeof open>>, part: Buffer): Promise<void> {
  try {
    for (let from = 0; from < part.length;) from += (await handle.write(part, from)).bytesWritten;
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
