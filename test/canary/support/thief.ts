import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Somebody with a copy of a data folder and our program, and without the master key. */
export class Thief {
  private constructor(
    readonly folder: string,
    readonly settings: Record<string, string>,
  ) {}

  static async with(dataDir: string): Promise<Thief> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-stolen-'));
    await cp(dataDir, join(folder, 'data'), { recursive: true });
    await writeFile(join(folder, 'master.key'), randomBytes(32), { mode: 0o600 });
    return new Thief(folder, {
      HABEAS_DATA: join(folder, 'data'),
      HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    });
  }

  /** Takes a database of the copy away, so that the program makes it anew. */
  async without(...databases: string[]): Promise<void> {
    for (const database of databases)
      for (const end of ['', '-wal', '-shm', '-journal'])
        await rm(join(this.folder, 'data', `${database}${end}`), { force: true });
  }

  async leave(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
