import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { habeas } from '../../src/cli/habeas.js';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { eventsInFile } from '../../src/event-store/sqlite/stored-file.js';
import { aDesk, type Desk } from './desk.js';

interface Printed {
  code: number;
  out: string;
  said: string;
}

/** Where an installation lies beside its backups, and what is restored of them. */
export class Kept {
  private constructor(readonly desk: Desk) {}

  static async desk(): Promise<Kept> {
    const kept = new Kept(await aDesk());
    await writeFile(kept.at('none.ndjson'), '');
    return kept;
  }

  at(name: string): string {
    return join(this.desk.folder, name);
  }

  /** Runs a command in this process, with settings on top of the desk's. */
  async habeas(args: readonly string[], env: Record<string, string> = {}): Promise<Printed> {
    const [out, said]: [string[], string[]] = [[], []];
    const code = await habeas(args, {
      ...this.desk.terminal,
      out: (text) => out.push(text),
      say: (text) => said.push(text),
      env: { ...this.desk.terminal.env, ...env },
    });
    return { code, out: out.join('\n'), said: said.join('\n') };
  }

  backup(data = 'copy', keys = `${data}-keys`): string[] {
    return ['backup', this.at(data), '--keys', this.at(keys)];
  }

  /** Unless said otherwise, with a list on which there is nothing. */
  restore(data = 'copy', erasures = 'none.ndjson'): string[] {
    return ['restore', this.at(data), '--keys', this.at(`${data}-keys`), '--erasures', this.at(erasures)];
  }

  /** The settings of a place to restore into, which has the master key of the desk. */
  async place(name: string): Promise<{ HABEAS_DATA: string; HABEAS_MASTER_KEY_FILE: string }> {
    await mkdir(this.at(name), { recursive: true });
    const masterKey = join(this.at(name), 'master.key');
    await cp(this.at('master.key'), masterKey);
    return { HABEAS_DATA: join(this.at(name), 'data'), HABEAS_MASTER_KEY_FILE: masterKey };
  }
}

/** All events of an embedded store that nobody writes to. */
export async function eventsIn(dataDir: string): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for await (const events of eventsInFile(join(dataDir, 'events.db'))) all.push(...events);
  return all;
}
