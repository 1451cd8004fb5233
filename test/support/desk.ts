import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { habeas } from '../../src/cli/habeas.js';
import type { Terminal } from '../../src/cli/terminal.js';
import { SystemClock } from '../../src/clock.js';
import { readConfig } from '../../src/config.js';
import { serve, type RunningService } from '../../src/serve.js';
import type { Environment } from '../../src/settings.js';
import { quietTerminal } from './quiet-terminal.js';
import { storesOf } from './stores.js';

/** What a command line printed, and how it ended. */
interface Printed {
  code: number;
  out: string;
  said: string;
}

/** A person at a terminal with a data folder of their own. */
export interface Desk {
  folder: string;
  dataDir: string;
  terminal: Terminal;
  run(...args: string[]): Promise<Printed>;
  /** Puts a file into the folder and gives its path. */
  file(name: string, text: string): Promise<string>;
  /** Starts the service on the same data, as `habeas serve` does. */
  serve(): Promise<RunningService>;
  clear(): Promise<void>;
}

export async function aDesk(more: Environment = {}): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-desk-'));
  const dataDir = join(folder, 'data');
  const env = {
    HABEAS_DATA: dataDir,
    HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
    HABEAS_PORT: '0',
    HABEAS_MIN_FREE_MB: '0',
    HABEAS_CASES_PER_DAY: '1000000',
    ...(await storesOf(folder)),
    ...more,
  };
  let out: string[] = [];
  let said: string[] = [];
  const terminal = quietTerminal({
    out: (text) => void out.push(text),
    file: (bytes) => void out.push(Buffer.from(bytes).toString('utf8')),
    say: (text) => void said.push(text),
    env,
  });
  return {
    folder,
    dataDir,
    terminal,
    run: async (...args) => {
      [out, said] = [[], []];
      const code = await habeas(args, terminal);
      return { code, out: out.join('\n'), said: said.join('\n') };
    },
    file: async (name, text) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return path;
    },
    serve: () => {
      const config = readConfig(env);
      return serve(config, new SystemClock('Europe/Minsk', config.today), pino({ level: 'silent' }));
    },
    clear: () => rm(folder, { recursive: true, force: true }),
  };
}
