import { Worker } from 'node:worker_threads';
import { HabeasError } from '../errors.js';
import type { Derived, Deriving } from './deriving.js';

export interface DerivingOrder {
  id: number;
  keys: readonly string[];
}

/** `passing`: none of the keys is to blame; the code of a failure to be waited out. */
export type DerivingAnswer = { id: number; derived: Derived[] } | { id: number; passing: string };

export interface DerivingThreadsParts {
  /** The built file that a thread runs; it calls `serveDeriving`. */
  entry: URL;
  /** Plain data, handed to it as `workerData`. */
  data: unknown;
  threads: number;
  /** For so few keys that starting threads would take longer. */
  here: Deriving;
}

const KEYS_AN_ORDER = 32;
const FEW_KEYS = 100;
/** Without limits a thread would take whatever the machine has before it cleans up. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 };

interface Waiting {
  resolve: (derived: Derived[]) => void;
  reject: (error: Error) => void;
}

/** Works out rows on as many cores as it is given. A thread that dies fails what it was asked; the next question starts another. */
export class DerivingThreads implements Deriving {
  readonly elsewhere = true;
  readonly #threads: { worker: Worker; waiting: Map<number, Waiting> }[] = [];
  #lastId = 0;

  constructor(private readonly parts: DerivingThreadsParts) {}

  async derive(keys: readonly string[]): Promise<Derived[]> {
    if (this.#threads.length === 0 && keys.length <= FEW_KEYS) return this.parts.here.derive(keys);
    while (this.#threads.length < this.parts.threads) this.#start();
    const orders: Promise<Derived[]>[] = [];
    for (let from = 0; from < keys.length; from += KEYS_AN_ORDER) {
      orders.push(this.#ask(keys.slice(from, from + KEYS_AN_ORDER)));
    }
    return (await Promise.all(orders)).flat();
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #ask(keys: readonly string[]): Promise<Derived[]> {
    const thread = this.#threads.reduce((least, one) =>
      one.waiting.size < least.waiting.size ? one : least,
    );
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      thread.waiting.set(id, { resolve, reject });
      thread.worker.postMessage({ id, keys } satisfies DerivingOrder);
    });
  }

  #start(): void {
    const worker = new Worker(this.parts.entry, { workerData: this.parts.data, resourceLimits: LIMITS });
    const thread = { worker, waiting: new Map<number, Waiting>() };
    this.#threads.push(thread);
    worker.on('message', (answer: DerivingAnswer) => {
      const waiting = thread.waiting.get(answer.id);
      thread.waiting.delete(answer.id);
      if ('derived' in answer) waiting?.resolve(answer.derived);
      else waiting?.reject(unavailable(answer.passing));
    });
    // Without a listener the error would end this process, too; the exit follows.
    worker.on('error', () => undefined);
    worker.once('exit', () => {
      this.#threads.splice(this.#threads.indexOf(thread), 1);
      for (const { reject } of thread.waiting.values()) reject(unavailable('thread-ended'));
    });
  }
}

const unavailable = (code: string): HabeasError =>
  new HabeasError('unavailable', code, 'the rows could not be worked out for now');
