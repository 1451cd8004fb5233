import { type EventStore } from '../../src/event-store/event-store.js';
import { type OneAppend } from './facts-to-append.js';

/** Every writer waits for the answer to one append before it sends the next. Gives the appends per second. */
export async function appendThrough(store: EventStore, writers: readonly OneAppend[][]): Promise<number> {
  const began = performance.now();
  await Promise.all(
    writers.map(async (appends) => {
      for (const { stream, revision, event } of appends) {
        await store.append(stream, [event], revision === 0 ? 'no_stream' : revision - 1);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return writers.reduce((sum, { length }) => sum + length, 0) / seconds;
}
