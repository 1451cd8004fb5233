import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildProgram } from '../../test/support/program.js';
import { endsWithThis } from './child.js';

export interface Double {
  /** For `EVENTSTORE_URL`. */
  url: string;
  stop(): Promise<void>;
}

/** Starts the double of EventStoreDB that the tests use, in a process of its own. It holds everything in memory. */
export async function startDouble(folder: string): Promise<Double> {
  const built = join(folder, 'double');
  mkdirSync(built);
  const program = await buildProgram('test/support/eventstoredb-double/main.ts', built);
  const child = fork(program, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  endsWithThis(child);
  const [{ answer }] = (await once(child, 'message')) as [{ answer: string }];
  return {
    url: answer,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
