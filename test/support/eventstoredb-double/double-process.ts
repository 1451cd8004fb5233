import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildProgram } from '../program.js';
import type { Command, Report } from './commands.js';

interface Answer {
  id: number;
  answer?: unknown;
  failure?: string;
}

/** A double in a process of its own, so that what is measured beside it does not wait for it. */
export class DoubleProcess {
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #sent = 0;

  private constructor(
    private readonly folder: string,
    private readonly child: ChildProcess,
    readonly connectionString: string,
  ) {
    child.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    child.on('exit', () => {
      for (const [id, tell] of this.#waiting) tell({ id, failure: 'the double is gone' });
      this.#waiting.clear();
    });
  }

  static async start(args: readonly string[] = []): Promise<DoubleProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'eventstoredb-double-'));
    const program = await buildProgram('test/support/eventstoredb-double/main.ts', folder);
    const child = fork(program, [...args], {
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [ready] = (await once(child, 'message')) as [Answer];
    return new DoubleProcess(folder, child, String(ready.answer));
  }

  get port(): number {
    return Number(new URL(this.connectionString).port);
  }

  async tell(command: Command): Promise<void> {
    await this.#send(command);
  }

  async report(): Promise<Report> {
    return (await this.#send({ do: 'report' })) as Report;
  }

  /** Kills it; what it held is lost. */
  async stop(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
    await rm(this.folder, { recursive: true, force: true });
  }

  async #send(command: Command): Promise<unknown> {
    this.#sent += 1;
    const id = this.#sent;
    const answered = new Promise<Answer>((resolve) => this.#waiting.set(id, resolve));
    this.child.send({ id, command });
    const { answer, failure } = await answered;
    if (failure !== undefined) throw new Error(failure);
    return answer;
  }
}
