import { join } from 'node:path';
import { eventually } from '../../support/eventually.js';
import type { ChildService, Installation } from '../../support/installation.js';

const NAMES = ['one', 'other'];

/** Two processes of the service that do nothing but project: one has its turn, the other stands by. */
export class ProjectorPair {
  readonly #started = new Map<string, Promise<ChildService>>();
  readonly #up = new Map<ChildService, string>();
  readonly #failures: unknown[] = [];

  constructor(
    private readonly installation: Installation,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  /** Starts whichever of them does not run, and does not wait for it. */
  start(): void {
    for (const name of NAMES.filter((one) => !this.#started.has(one))) {
      const HABEAS_DATA = join(this.installation.folder, name);
      const started = this.installation.start({ ...this.settings, HABEAS_DATA });
      this.#started.set(name, started);
      started.then(
        (service) => this.#up.set(service, name),
        (error: unknown) => this.#failures.push(error),
      );
    }
  }

  /** The one that has its turn, as soon as one has. */
  working(): Promise<ChildService> {
    return eventually(() => {
      if (this.#failures.length > 0) throw this.#failures[0];
      const one = this.up.find(hasItsTurn);
      if (!one) throw new Error('neither projector has its turn');
      return one;
    }, 120_000);
  }

  /** Resolves when both of them have started. */
  async bothUp(): Promise<void> {
    await Promise.all(this.#started.values());
  }

  /** Those that have started and are alive. */
  get up(): readonly ChildService[] {
    return [...this.#up.keys()];
  }

  async kill(victim: ChildService): Promise<void> {
    const name = this.#up.get(victim);
    if (name === undefined) return;
    this.#up.delete(victim);
    await victim.kill('SIGKILL');
    this.#started.delete(name);
  }

  /** Kills what runs, also what is only about to. */
  async end(): Promise<void> {
    await Promise.allSettled(this.#started.values());
    await Promise.all(this.up.map((one) => this.kill(one)));
  }
}

const hasItsTurn = ({ log }: ChildService): boolean =>
  log().findLast(({ event }) => event === 'projector turn')?.['begins'] === true;
