import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Installation } from '../../support/installation.js';
import { buildProgram } from '../../support/program.js';
import type { Environment } from '../../../src/settings.js';

/** How a command line ended, and all that it printed. */
export interface Printed {
  code: number;
  out: string;
  said: string;
}

/** The command line of an installation, each time in a process of its own. */
export async function habeasOf(
  installation: Installation,
  settings: Record<string, string>,
): Promise<(args: readonly string[], more?: Record<string, string>) => Promise<Printed>> {
  const program = await buildProgram('src/cli/main.ts', join(installation.folder, 'program'));
  return (args, more = {}) =>
    run(installation.folder, [program, ...args], installation.environment({ ...settings, ...more }));
}

const run = (cwd: string, args: string[], env: Environment): Promise<Printed> =>
  new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, env }, (error, out, said) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, said }),
    );
  });
