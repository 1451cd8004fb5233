import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintApiKey } from '../../src/security/api-key.js';
import type { Role } from '../../src/security/roles.js';
import { memoryFileOf } from '../../src/transparency/notary/notary-key.js';
import { buildProgram, copyData } from './program.js';
import { send, type RequestOptions, type Service } from './service.js';
import type { Environment } from '../../src/settings.js';
import { newStoresOf, storesOf } from './stores.js';

/** What is imported by name only at run time stands here beside what starts. */
const ENTRIES = [
  'src/serve.ts',
  'src/start.ts',
  'src/projector.worker.ts',
  'src/report.worker.ts',
  'src/main.ts',
];

type Settings = Readonly<Record<string, string>>;

/** How a process ended: by itself with a code, or by a signal. */
interface End {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A service in a process of its own, from its start to its end. */
export interface ServiceProcess {
  process: ChildProcess;
  ended: Promise<End>;
  /** All that it wrote to standard error. */
  said: () => string;
  /** The lines of its log. */
  log: () => Record<string, unknown>[];
}

/** One that listens. */
export interface ChildService extends ServiceProcess, Pick<Service, 'url' | 'request' | 'keyFor'> {
  kill(signal: NodeJS.Signals): Promise<End>;
}

/** The service as it is installed on a machine: a program that Node runs, and the data it keeps from one run to the next. */
export class Installation {
  readonly dataDir: string;
  readonly masterKeyFile: string;
  readonly #keys = new Map<Role, Promise<string>>();
  readonly #processes = new Set<ServiceProcess>();
  #stores: Environment;
  #launched = 0;

  private constructor(
    readonly folder: string,
    private readonly program: string,
    readonly adminKey: string,
    stores: Environment,
  ) {
    this.#stores = stores;
    this.dataDir = join(folder, 'data');
    this.masterKeyFile = join(folder, 'master.key');
  }

  static async make(): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-installed-'));
    const into = join(folder, 'program');
    await mkdir(into);
    let main = '';
    for (const entry of ENTRIES) main = await buildProgram(entry, into);
    await copyData(into);
    const adminKey = mintApiKey().text;
    await writeFile(join(folder, 'admin-key'), adminKey, { mode: 0o600 });
    return new Installation(folder, main, adminKey, await storesOf(folder));
  }

  /** Runs the program and does not wait for anything. */
  launch(settings: Settings = {}): ServiceProcess {
    const logFile = this.#newLogFile();
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, [this.program], {
      cwd: this.folder,
      stdio: ['ignore', log, 'pipe'],
      env: this.environment(settings),
    });
    closeSync(log);
    const running: ServiceProcess = {
      process: child,
      ended: once(child, 'close').then(([code, signal]) => {
        this.#processes.delete(running);
        return { code, signal };
      }),
      said: textOf(child.stderr),
      log: () =>
        readFileSync(logFile, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
    this.#processes.add(running);
    return running;
  }

  /** What a process of this installation finds in its environment. */
  environment(settings: Settings = {}): Environment {
    return {
      // It is the starts that are tested, not how fast Node compiles.
      NODE_COMPILE_CACHE: join(this.folder, 'compiled'),
      HABEAS_DATA: this.dataDir,
      HABEAS_MASTER_KEY_FILE: this.masterKeyFile,
      HABEAS_ADMIN_KEY_FILE: join(this.folder, 'admin-key'),
      HABEAS_PORT: '0',
      HABEAS_MIN_FREE_MB: '0',
      // Who tests under load does it with one key.
      HABEAS_REQUESTS_PER_MINUTE: '0',
      HABEAS_CASES_PER_DAY: '1000000',
      ...this.#stores,
      ...settings,
    };
  }

  #newLogFile(): string {
    this.#launched += 1;
    mkdirSync(join(this.folder, 'logs'), { recursive: true });
    return join(this.folder, 'logs', `${this.#launched}.log`);
  }

  /** Runs the program until it listens; throws if it ends before. */
  async start(settings: Settings = {}): Promise<ChildService> {
    const launched = this.launch(settings);
    const ended = launched.ended.then(({ code }) => {
      throw new Error(`the service ended with ${code}: ${launched.said()}`);
    });
    const url = await Promise.race([addressSaid(launched), ended]);
    const request = <T>(method: string, path: string, options: RequestOptions = {}) =>
      send<T>(url, method, path, { key: this.adminKey, ...options });
    return {
      ...launched,
      url,
      request,
      keyFor: (role) => this.#keyFor(role, request),
      kill: (signal) => {
        launched.process.kill(signal);
        return launched.ended;
      },
    };
  }

  /** Starts it and ends it in order, once: what Node has compiled is kept for the next starts by no process that is killed. */
  async compile(settings: Settings = {}): Promise<void> {
    const service = await this.start(settings);
    await service.kill('SIGTERM');
  }

  /** The same one as long as the data lasts. */
  #keyFor(role: Role, request: Service['request']): Promise<string> {
    const make = async (): Promise<string> => {
      const { body } = await request<{ principalId: string }>('POST', '/v1/principals', {
        body: { label: `a ${role}`, roles: [role] },
      });
      const key = await request<{ key: string }>('POST', '/v1/keys', {
        body: { principalId: body.principalId },
      });
      return key.body.key;
    };
    const key = this.#keys.get(role) ?? make();
    this.#keys.set(role, key);
    return key;
  }

  /** Ends what still runs and forgets all that it has written: the next start is the very first one. */
  async forget(): Promise<void> {
    await this.#end();
    this.#keys.clear();
    const notaryKey = join(this.folder, 'notary.key');
    for (const written of [this.dataDir, this.masterKeyFile, notaryKey, memoryFileOf(notaryKey)])
      await rm(written, { recursive: true, force: true });
    this.#stores = await newStoresOf(this.folder);
  }

  /** Ends what still runs and takes everything away. */
  async remove(): Promise<void> {
    await this.#end();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    for (const { process, ended } of this.#processes) {
      process.kill('SIGKILL');
      await ended;
    }
  }
}

function addressSaid({ process, said }: ServiceProcess): Promise<string> {
  return new Promise((resolve) => {
    process.stderr?.on('data', () => {
      const address = /listens on (\S+)/.exec(said())?.[1];
      if (address !== undefined) resolve(address);
    });
  });
}

function textOf(stream: NodeJS.ReadableStream | null): () => string {
  const chunks: Buffer[] = [];
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
