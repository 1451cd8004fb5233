import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { SmallDisk } from '../../test/support/small-disk.js';
import { FolderFiles } from './folder-files.js';

const PLACE = { group: 'case', name: 'file' };
const HERE = hostname().replaceAll(/[^\w-]/g, '_');
/** No process has a number as large. */
const NOBODY = 2 ** 30;

let folder: string;
let files: FolderFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-files-'));
  files = new FolderFiles(folder);
});
afterEach(() => rm(folder, { recursive: true }));

async function* bytesOf(...texts: string[]): AsyncGenerator<Buffer> {
  for (const text of texts) yield Buffer.from(text);
}

async function kept(text: string): Promise<boolean> {
  const draft = await files.draft();
  await draft.write(bytesOf(text));
  return draft.keepAs(PLACE);
}

const drafts = (): Promise<string[]> => readdir(join(folder, 'drafts'));
const lying = (): Promise<string> => readFile(join(folder, 'case', 'file'), 'utf8');

describe('files in a folder', () => {
  it('are nowhere to be found before they are kept, and whole after', async () => {
    const draft = await files.draft();
    await draft.write(bytesOf('half', ' and half'));
    expect(await files.open(PLACE)).toBeUndefined();
    expect(await draft.keepAs(PLACE)).toBe(true);
    expect((await files.open(PLACE))?.size).toBe(13);
    expect(await lying()).toBe('half and half');
    expect(await drafts()).toEqual([]);
  });

  it('stay as they are when somebody else brings the same', async () => {
    expect(await kept('first')).toBe(true);
    expect(await kept('second')).toBe(false);
    expect(await lying()).toBe('first');
    expect(await drafts()).toEqual([]);
  });

  it('leave nothing of what was broken off', async () => {
    const draft = await files.draft();
    const broken = async function* (): AsyncGenerator<Buffer> {
      yield Buffer.from('half');
      throw new Error('cut');
    };
    await expect(draft.write(broken())).rejects.toThrow('cut');
    await draft.discard();
    expect(await drafts()).toEqual([]);
  });

  it('say so where the disk has no room for one more, and leave nothing', async () => {
    const disk = await SmallDisk.mount('1m,nr_inodes=40');
    if (!disk) {
      process.stdout.write('no small disk: mounting is not allowed here\n');
      return;
    }
    try {
      const beside = Array.from({ length: 50 }, (_, n) => join(disk.path, `${n}`));
      const written: string[] = [];
      for (const file of beside)
        await writeFile(file, '').then(
          () => written.push(file),
          () => undefined,
        );
      expect(written.length).toBeLessThan(50);
      files = new FolderFiles(join(disk.path, 'files'));
      const outcomes: unknown[] = [];
      // Of folders, drafts and files it is another one each time that finds no place.
      for (const file of written.slice(0, 8)) {
        const draft = await files.draft().catch((error: unknown) => void outcomes.push(error));
        if (draft) {
          const keeping = draft.write(bytesOf('one')).then(() => draft.keepAs(PLACE));
          outcomes.push(await keeping.catch((error: unknown) => error));
          await draft.discard();
          expect(await readdir(join(disk.path, 'files', 'drafts'))).toEqual([]);
        }
        if (outcomes.at(-1) === true) break;
        expect(await files.open(PLACE)).toBeUndefined();
        await rm(file);
      }
      expect(outcomes.pop()).toBe(true);
      expect(outcomes.length).toBeGreaterThan(2);
      for (const outcome of outcomes)
        expect(outcome).toMatchObject({ kind: 'storage_full', code: 'storage-full' });
    } finally {
      await disk.unmount();
    }
  });

  it('go by group', async () => {
    await kept('one');
    await files.removeGroups(['case', 'another']);
    expect(await files.open(PLACE)).toBeUndefined();
  });

  it('are rid of the drafts of processes that are gone, and keep those of others', async () => {
    const mine = await files.draft();
    await mine.write(bytesOf('still coming'));
    const elsewhere = 'another-machine.1.run.a';
    const old = 'another-machine.1.run.b';
    for (const name of [`${HERE}.${NOBODY}.run.a`, `${HERE}.${process.pid}.run.a`, elsewhere, old]) {
      await writeFile(join(folder, 'drafts', name), 'left');
    }
    await utimes(join(folder, 'drafts', old), 1, 1);
    await files.removeLeftDrafts();
    expect(await drafts()).toHaveLength(2);
    expect(await drafts()).toContain(elsewhere);
    expect(await mine.keepAs(PLACE)).toBe(true);
  });

  it.each(['..', '.', '', '../case', 'case/..', 'drafts', '/case'])(
    'are of no group called "%s"',
    async (group) => {
      // Two folders down: what a group led out to would still be the folder of this test.
      const deep = join(folder, 'one', 'two');
      await mkdir(deep, { recursive: true });
      await writeFile(join(folder, 'one', 'beside'), 'still here');
      const within = new FolderFiles(deep);
      await expect(within.removeGroups([group])).rejects.toThrow('named by its id');
      await expect(within.open({ group, name: 'file' })).rejects.toThrow('named by its id');
      await expect(within.remove({ group: 'case', name: `../${group}` })).rejects.toThrow('named by its id');
      expect(await readFile(join(folder, 'one', 'beside'), 'utf8')).toBe('still here');
    },
  );

  it('need no folder to begin with', async () => {
    const none = new FolderFiles(join(folder, 'none'));
    await none.removeLeftDrafts();
    await none.removeGroups(['case']);
    expect(await none.open(PLACE)).toBeUndefined();
  });
});
