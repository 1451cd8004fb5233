/**
 * What is read, until the signal: then it rejects with the signal's reason and waits for nothing more, however long the next
 * would take. The reading is told to end, and does when it has what it was waiting for.
 */
export async function* until<T>(signal: AbortSignal, all: AsyncIterable<T>): AsyncGenerator<T> {
  signal.throwIfAborted();
  const reading = all[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await orAborted(reading.next(), signal);
      if (next.done) return;
      yield next.value;
      signal.throwIfAborted();
    }
  } finally {
    const left = reading.return?.(undefined);
    if (signal.aborted) left?.catch(() => undefined);
    else await left;
  }
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  // Whoever lost the race may still fail, with nobody listening.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
