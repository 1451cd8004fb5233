import { parentPort } from 'node:worker_threads';
import { HabeasError } from '../../errors.js';
import type { Gathering, GatheringOrder } from './gathering.js';
import type { GatheringMessage } from './gathering-threads.js';

/** So often is told how far it is. */
const TELL_EVERY_MS = 100;

/** What a thread's own file calls: makes its one report. */
export async function serveGathering(gathering: Gathering, order: GatheringOrder): Promise<void> {
  const tell = (message: GatheringMessage): void => parentPort?.postMessage(message);
  let told = 0;
  const news = {
    began: (state) => tell({ kind: 'began', state }),
    progress: (progress) => {
      const now = performance.now();
      if (now - told < TELL_EVERY_MS) return;
      told = now;
      tell({ kind: 'progress', progress });
    },
  } satisfies Parameters<Gathering['gather']>[1];
  try {
    const draft = await gathering.gather(order, news, new AbortController().signal);
    tell({ kind: 'done', draft });
  } catch (error) {
    tell({ kind: 'failed', ...(error instanceof HabeasError && { problem: problemIn(error) }) });
    // Of what may not be told nobody else hears.
    if (!(error instanceof HabeasError)) throw error;
  }
}

const problemIn = ({ kind, code, message, details }: HabeasError) => ({ kind, code, message, details });
