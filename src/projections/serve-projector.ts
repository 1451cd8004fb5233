import { parentPort } from 'node:worker_threads';
import { describeFailure } from './failures.js';
import type { ProjectorNews } from './news.js';
import type { ProjectorHost } from './projector-host.js';
import type { ThreadMessage, ThreadOrder } from './projector-thread.js';

/** What a thread's own file calls: runs a projector until it is told to stop, and tells the main thread of it. */
export async function serveProjector(
  open: (tell: (news: ProjectorNews) => void) => Promise<ProjectorHost>,
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this runs in a worker thread only');
  const say = (message: ThreadMessage): void => port.postMessage(message);
  try {
    const projector = await open(say);
    port.on('message', (order: ThreadOrder) => {
      if (order === 'nudge') projector.nudge();
      else void projector.stop().finally(() => port.close());
    });
    await projector.start();
    say({ kind: 'ready' });
  } catch (error) {
    const { code, message } = describeFailure(error);
    say({ kind: 'failed', message: `${code}: ${message}` });
    process.exitCode = 1;
    port.close();
  }
}
