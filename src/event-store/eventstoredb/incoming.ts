import { setImmediate } from 'node:timers/promises';
import type { AllStreamSubscription, ResolvedEvent, StreamingRead } from '@eventstore/db-client';

/** What the client gives events by. */
type EventStream = AllStreamSubscription | StreamingRead<ResolvedEvent>;

export interface Patience {
  /** When nothing has come for so long, an empty batch says so. */
  idleMs: number;
  /** Ends the reading, without an error. */
  signal: AbortSignal;
}

/**
 * The events of a stream as they come, as many at a time as have arrived. Whoever takes no more keeps the server waiting:
 * nothing is read ahead but the stream's own small buffer. Rejects with the client's error; a stream that the server ends
 * in good order just ends.
 */
export async function* arrivals(
  stream: EventStream,
  { idleMs, signal }: Patience,
): AsyncGenerator<ResolvedEvent[]> {
  let failure: Error | undefined;
  let ended = false;
  let wake = (): void => undefined;
  // From the first moment on: an error nobody listens to ends the process.
  stream.on('error', (error: Error) => {
    failure ??= error;
    wake();
  });
  stream.on('readable', () => wake());
  for (const last of ['end', 'close'] as const) {
    stream.on(last, () => {
      ended = true;
      wake();
    });
  }
  const stop = (): void => wake();
  signal.addEventListener('abort', stop);
  try {
    while (!signal.aborted) {
      const events = arrived(stream);
      if (events.length > 0) yield events;
      else if (failure) throw failure;
      else if (ended) return;
      else if (!(await woken(idleMs, (how) => (wake = how)))) yield [];
      // For what has come with it: one event at a time would cost more in turns than in reading.
      else await setImmediate();
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function arrived(stream: EventStream): ResolvedEvent[] {
  const events: ResolvedEvent[] = [];
  for (;;) {
    const event = stream.read() as ResolvedEvent | null;
    if (!event) return events;
    events.push(event);
  }
}

/** False when the time is over first. */
function woken(withinMs: number, by: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), withinMs);
    by(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
