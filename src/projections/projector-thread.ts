import { Worker } from 'node:worker_threads';
import type { ProjectorNews } from './news.js';
import type { ProjectorHost } from './projector-host.js';
import { supervise } from './supervise.js';

/** What a projector in a thread of its own says: its news, and whether it has started. */
export type ThreadMessage = ProjectorNews | { kind: 'ready' } | { kind: 'failed'; message: string };

export type ThreadOrder = 'nudge' | 'stop';

/** A thread that lived this long was sound; what ended it is taken for a new trouble, not for the old one again. */
const SOUND_AFTER_MS = 60_000;

/** Without limits it would take whatever the machine has before it cleans up. The largest batch needs a fraction of this. */
const LIMITS = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 32 };

export interface ThreadParts {
  /** The built file that the thread runs; it calls `serveProjector`. */
  entry: URL;
  /** Plain data, handed to it as `workerData`. */
  data: unknown;
  tell: (news: ProjectorNews) => void;
  /** Told when the thread has died; another one is started after a pause that grows. */
  onDeath: (reason: string) => void;
}

/**
 * A projector in a thread of its own: reading and writing the embedded stores is synchronous, and whoever waits for an answer
 * should not wait for a rebuild. It is started again when it dies, and goes on from its checkpoint.
 */
export class ProjectorThread implements ProjectorHost {
  readonly #end = new AbortController();
  #worker: Worker | undefined;
  #watch: Promise<void> | undefined;

  constructor(private readonly parts: ThreadParts) {}

  async start(): Promise<void> {
    const signal = this.#end.signal;
    let first: Running | undefined = await this.#launch();
    this.#watch = supervise(
      async (success) => {
        const { exited } = first ?? (await this.#launch());
        first = undefined;
        if (signal.aborted) this.#order('stop');
        const began = performance.now();
        await exited;
        if (signal.aborted) return 'done';
        if (performance.now() - began > SOUND_AFTER_MS) success();
        throw new Error('the projector thread ended by itself');
      },
      {
        signal,
        onTrouble: (error) => this.parts.onDeath(error instanceof Error ? error.message : 'unknown'),
      },
    );
  }

  nudge(): void {
    this.#order('nudge');
  }

  async stop(): Promise<void> {
    this.#end.abort();
    this.#order('stop');
    await this.#watch;
  }

  #order(order: ThreadOrder): void {
    this.#worker?.postMessage(order);
  }

  /** Rejects if the thread ends before it is ready. */
  #launch(): Promise<Running> {
    const worker = new Worker(this.parts.entry, { workerData: this.parts.data, resourceLimits: LIMITS });
    this.#worker = worker;
    const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    return new Promise((resolve, reject) => {
      let failure = 'the projector thread ended before it was ready';
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'ready') resolve({ exited });
        else if (message.kind === 'failed') failure = message.message;
        else this.parts.tell(message);
      });
      // Without a listener the error would end this process, too.
      worker.on('error', ({ name }: Error) => (failure = `the projector thread failed with ${name}`));
      void exited.then(() => reject(new Error(failure)));
    });
  }
}

interface Running {
  exited: Promise<void>;
}
