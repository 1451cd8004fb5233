import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config.js';
import { EventStore } from '../../event-store/event-store.js';
import { HabeasError } from '../../errors.js';
import { ReadModelLag } from './read-model-lag.js';

const MEGABYTE = 1024 * 1024;

/** Anyone may ask, and each look costs a flush to disk: what was found holds for a second. */
const LOOK_AGAIN_MS = 1_000;

/** Whether requests should be sent here. */
@Injectable()
export class Readiness {
  #lookedAt = -Infinity;
  #found: Promise<Record<string, 'ok'>> | undefined;

  constructor(
    private readonly config: Config,
    private readonly store: EventStore,
    private readonly lag: ReadModelLag,
  ) {}

  /** Rejects with `not-ready`, which names each check and what became of it: `ok`, or the reason. */
  check(): Promise<Record<string, 'ok'>> {
    const now = performance.now();
    if (!this.#found || now - this.#lookedAt >= LOOK_AGAIN_MS) {
      this.#lookedAt = now;
      this.#found = this.#look();
    }
    return this.#found;
  }

  async #look(): Promise<Record<string, 'ok'>> {
    const [store, readModel, disk] = await Promise.all([
      outcome('the event store takes no appends', async () => this.store.checkWritable()),
      outcome('the read model cannot be asked', () => this.#checkReadModel()),
      outcome('the free space cannot be told', () => this.#checkDisk()),
    ]);
    const checks = { store, readModel, disk };
    if (Object.values(checks).some((result) => result !== 'ok')) {
      throw new HabeasError('unavailable', 'not-ready', 'the service is not ready', {
        extra: { checks },
        retryAfterSeconds: 1,
      });
    }
    return { store: 'ok', readModel: 'ok', disk: 'ok' };
  }

  async #checkReadModel(): Promise<string | void> {
    const { maxLagSeconds } = this.config;
    if ((await this.lag.seconds()) > maxLagSeconds)
      return `the read model is more than ${maxLagSeconds} s behind`;
  }

  async #checkDisk(): Promise<string | void> {
    const { bavail, bsize } = await statfs(this.config.dataDir);
    const { minFreeMegabytes } = this.config;
    if ((bavail * bsize) / MEGABYTE < minFreeMegabytes) return `less than ${minFreeMegabytes} MB are free`;
  }
}

/** Anyone may ask, so an error's own message is not passed on. */
async function outcome(failure: string, check: () => Promise<string | void>): Promise<string> {
  try {
    return (await check()) ?? 'ok';
  } catch {
    return failure;
  }
}
