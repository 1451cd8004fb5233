import { type EventStore, type ExpectedRevision } from '../../src/event-store/event-store.js';
import { type OneAppend } from './facts-to-append.js';

type Append = (one: OneAppend, expected: ExpectedRevision) => Promise<unknown>;

/** Every writer waits for the answer to one append before it sends the next. Gives the appends per second. */
export async function appendsPerSecond(append: Append, writers: readonly OneAppend[][]): Promise<number> {
  const began = performance.now();
  await Promise.all(
    writers.map(async (appends) => {
      for (const one of appends) await append(one, one.revision === 0 ? 'no_stream' : one.revision - 1);
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return writers.reduce((sum, { length }) => sum + length, 0) / seconds;
}

export const appendThrough = (store: EventStore, writers: readonly OneAppend[][]): Promise<number> =>
  appendsPerSecond(({ stream, event }, expected) => store.append(stream, [event], expected), writers);
