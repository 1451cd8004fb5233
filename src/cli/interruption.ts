import { CommandFailure } from './failure.js';
import type { Terminal } from './terminal.js';

const INTERRUPTED = 130;
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does work that ends in good order when it is asked to: at the first Ctrl-C the signal is set, a second one ends the process.
 * The work then fails, with what `soFar` says of how far it came.
 */
export async function interruptible<T>(
  { say }: Terminal,
  work: (signal: AbortSignal) => Promise<T>,
  soFar: () => string,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
    // The progress bar listens too, and leaves its line first.
    queueMicrotask(() => say('Ending after what is in hand; once more ends at once.'));
    for (const name of SIGNALS) process.off(name, interrupt);
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) throw new CommandFailure(soFar(), INTERRUPTED);
    throw error;
  } finally {
    for (const name of SIGNALS) process.off(name, interrupt);
  }
}
