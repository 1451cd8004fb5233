import { Worker } from 'node:worker_threads';
import { HabeasError, type ErrorKind } from '../../errors.js';
import {
  Gathering,
  type Draft,
  type GatheringNews,
  type GatheringOrder,
  type Progress,
} from './gathering.js';
import type { RegisterState } from './report-question.js';

/** What a thread says of its one report. A failure that may be told is told in its own words. */
export type GatheringMessage =
  | { kind: 'began'; state: RegisterState }
  | { kind: 'progress'; progress: Progress }
  | { kind: 'done'; draft: Draft }
  | { kind: 'failed'; problem?: Problem };

type Problem = { kind: ErrorKind; code: string; message: string; details: HabeasError['details'] };

export interface GatheringThreadsParts {
  /** The built file that a thread runs; it calls `serveGathering`. */
  entry: URL;
  /** What a thread is told, as `workerData`, besides its order: plain data. */
  data: () => Promise<object>;
}

/** Without limits a thread would take whatever the machine has before it cleans up. Figures hold no case, but what is counted of it. */
const LIMITS = { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 16 };

/** A thread for each report: reading and deriving all cases takes a core, and others are to be answered meanwhile. */
export class GatheringThreads extends Gathering {
  constructor(private readonly parts: GatheringThreadsParts) {
    super();
  }

  override async gather(order: GatheringOrder, news: GatheringNews, signal: AbortSignal): Promise<Draft> {
    const workerData = { ...(await this.parts.data()), order };
    signal.throwIfAborted();
    const worker = new Worker(this.parts.entry, { workerData, resourceLimits: LIMITS });
    const end = (): void => void worker.terminate();
    signal.addEventListener('abort', end, { once: true });
    return new Promise<Draft>((resolve, reject) => {
      worker.on('message', (message: GatheringMessage) => {
        if (message.kind === 'began') news.began(message.state);
        else if (message.kind === 'progress') news.progress(message.progress);
        else if (message.kind === 'done') resolve(message.draft);
        else reject(failureIn(message.problem));
      });
      worker.on('error', (error: Error & { code?: string }) =>
        reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge() : error),
      );
      worker.once('exit', () => reject(signal.aborted ? signal.reason : failureIn(undefined)));
    }).finally(() => signal.removeEventListener('abort', end));
  }
}

const tooLarge = (): HabeasError =>
  new HabeasError(
    'unavailable',
    'report-too-large',
    'the report takes more memory than it may: ask for less',
  );

function failureIn(problem: Problem | undefined): Error {
  if (!problem) return new Error('the thread of a report ended without it');
  const { kind, code, message, details } = problem;
  return new HabeasError(kind, code, message, details);
}
