import { setTimeout as after } from 'node:timers/promises';

/**
 * What the source gives, and `beat` for every `everyMs` in which it gives nothing. Nothing is taken from the source, and no
 * beat made, that is not asked for: the reader sets the pace.
 */
export async function* withHeartbeat<T>(
  source: AsyncIterable<T>,
  beat: T,
  everyMs: number,
): AsyncGenerator<T> {
  const items = source[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (;;) {
      const silence = new AbortController();
      const quiet = after(everyMs, undefined, { signal: silence.signal }).catch(() => undefined);
      const item = await Promise.race([next, quiet]).finally(() => silence.abort());
      if (item === undefined) {
        yield beat;
        continue;
      }
      if (item.done) return;
      yield item.value;
      next = items.next();
    }
  } finally {
    // Not waited for: a source that is itself waiting answers only when it is stopped by other means. Nobody is left to hear
    // how it ended.
    void Promise.allSettled([next, items.return?.()]);
  }
}
