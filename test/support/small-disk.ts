import { execFile } from 'node:child_process';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of a few megabytes, to be filled. */
export class SmallDisk {
  private constructor(
    readonly path: string,
    private readonly ballast: string,
  ) {}

  /** Undefined where mounting is not allowed (it takes root, and a container may forbid it all the same). */
  static async mount(size: string): Promise<SmallDisk | undefined> {
    const path = await mkdtemp(join(tmpdir(), 'habeas-small-disk-'));
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'habeas-test', path]);
    } catch {
      await rm(path, { recursive: true });
      return undefined;
    }
    return new SmallDisk(path, join(path, 'ballast'));
  }

  /** Takes all the room that is left, to the last page. */
  fill(): void {
    const file = openSync(this.ballast, 'a');
    const page = Buffer.alloc(4_096, 1);
    try {
      for (;;) writeSync(file, page);
    } catch (error) {
      const full = typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOSPC';
      if (!full) throw error;
    } finally {
      closeSync(file);
    }
  }

  /** Gives back what `fill` took. */
  clear(): void {
    rmSync(this.ballast, { force: true });
  }

  async unmount(): Promise<void> {
    await run('umount', [this.path]);
    await rm(this.path, { recursive: true });
  }
}
