import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../src/settings.js';
import { buildProgram } from './program.js';

/** How a command line ended, and all that it printed. */
interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  said: string;
}

/** One that was begun. */
interface Begun {
  kill(signal: NodeJS.Signals): void;
  /** Resolves when it has said this. */
  says(text: string): Promise<void>;
  ended: Promise<Ended>;
}

/** A command line in a process of its own, to be interrupted and killed. */
export class CommandLine {
  private constructor(
    private readonly folder: string,
    private readonly program: string,
  ) {}

  static async make(source: string): Promise<CommandLine> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-command-'));
    return new CommandLine(folder, await buildProgram(source, folder));
  }

  begin(args: readonly string[], env: Environment): Begun {
    const child = spawn(process.execPath, [this.program, ...args], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { NODE_COMPILE_CACHE: join(this.folder, 'compiled'), ...env },
    });
    let [out, said] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    return {
      kill: (signal) => void child.kill(signal),
      says: async (text) => {
        while (!said.includes(text)) await once(child.stderr, 'data');
      },
      ended: once(child, 'close').then(([code, signal]) => ({
        code: code as number | null,
        signal: signal as NodeJS.Signals | null,
        out,
        said,
      })),
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
