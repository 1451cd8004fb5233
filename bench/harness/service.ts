import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { HttpClient } from './http-client.js';
import { endsWithThis } from './child.js';

const LOOK_EVERY_MS = 100;
/** So long it may answer that it cannot say, as it does where the machine has no time for it. */
const PATIENCE_MS = 60_000;
const UNAVAILABLE = 503;
/** As `npm start` has them. */
const FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=30'];
const MAIN = join(
  process.env['BENCH_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url)),
  'main.js',
);

interface Projection {
  lag: { events: number };
  rebuild: object | null;
}

/** The built service in a process of its own, started as `npm start` starts it; its log goes to a file. */
export class Service {
  readonly url: string;
  readonly caseworkerKey: string;
  readonly #admin: HttpClient;
  readonly #process: ChildProcess;

  private constructor(url: string, caseworkerKey: string, admin: HttpClient, process: ChildProcess) {
    this.url = url;
    this.caseworkerKey = caseworkerKey;
    this.#admin = admin;
    this.#process = process;
  }

  /**
   * `folder` gets the data, the master key and the log; `stores` says what data lies elsewhere. There must be no access database
   * yet.
   */
  static async start(folder: string, stores: Record<string, string> = {}): Promise<Service> {
    const dataDir = dataOf(folder);
    mkdirSync(dataDir, { recursive: true });
    const log = openSync(join(folder, 'service.log'), 'a');
    const child = spawn(process.execPath, [...FLAGS, MAIN], {
      env: {
        ...process.env,
        HABEAS_DATA: dataDir,
        HABEAS_MASTER_KEY_FILE: join(folder, 'master.key'),
        HABEAS_PORT: '0',
        // The load comes with one key, as if from a whole desk; counted all the same.
        HABEAS_REQUESTS_PER_MINUTE: '1000000',
        HABEAS_CASES_PER_DAY: '1000000',
        ...stores,
      },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    endsWithThis(child);
    const running = join(dataDir, 'running.json');
    while (!existsSync(running)) {
      if (child.exitCode !== null)
        throw new Error(`the service did not start:\n${readFileSync(join(folder, 'service.log'), 'utf8')}`);
      await pause(LOOK_EVERY_MS);
    }
    const { url } = JSON.parse(readFileSync(running, 'utf8')) as { url: string };
    const admin = new HttpClient(url, readFileSync(join(dataDir, 'first-admin-key'), 'utf8').trim());
    const { principalId } = await admin.post<{ principalId: string }>('/v1/principals', {
      label: 'bench',
      roles: ['caseworker'],
    });
    const { key } = await admin.post<{ key: string }>('/v1/keys', { principalId });
    return new Service(url, key, admin, child);
  }

  /** A caller with the rights of a caseworker. */
  caseworker(): HttpClient {
    return new HttpClient(this.url, this.caseworkerKey);
  }

  async requestRebuild(): Promise<void> {
    await this.#admin.post('/v1/projections/cases/rebuild', undefined);
  }

  async isRebuilding(): Promise<boolean> {
    return (await this.#projection()).rebuild !== null;
  }

  async rebuilt(): Promise<void> {
    while (await this.isRebuilding()) await pause(LOOK_EVERY_MS);
  }

  /** Gives the seconds until everything recorded so far shows in the read model. */
  async caughtUp(): Promise<number> {
    const began = performance.now();
    while ((await this.#projection()).lag.events > 0) await pause(LOOK_EVERY_MS);
    return (performance.now() - began) / 1000;
  }

  /** The most memory it ever had resident, in MB; undefined where the system does not tell. */
  peakMemory(): number | undefined {
    const file = `/proc/${this.#process.pid ?? 0}/status`;
    const line = existsSync(file) ? /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8')) : null;
    return line ? (Number(line[1]) * 1024) / 1e6 : undefined;
  }

  async stop(): Promise<void> {
    this.#admin.close();
    if (this.#process.exitCode !== null) return;
    this.#process.kill('SIGTERM');
    await once(this.#process, 'exit');
  }

  async #projection(): Promise<Projection> {
    for (const began = performance.now(); ;) {
      const { status, body } = await this.#admin.get<{ items?: Projection[] }>('/v1/projections');
      const projection = body.items?.[0];
      if (projection) return projection;
      if (status !== UNAVAILABLE || performance.now() - began > PATIENCE_MS)
        throw new Error(`asked for its projection, the service answers ${status}`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

export const dataOf = (folder: string): string => join(folder, 'data');
