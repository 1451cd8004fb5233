import { binaryEvent, EventStoreDBClient, NO_STREAM } from '@eventstore/db-client';
import { type OneAppend } from '../work/facts-to-append.js';

/**
 * The client of EventStoreDB as it comes: all appends go down one stream of a single call. It has no end to its patience, and
 * one append that fails fails the others.
 */
export class BareClient {
  readonly #client: EventStoreDBClient;

  constructor(url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  /** Every writer waits for the answer to one append before it sends the next. Gives the appends per second. */
  async append(writers: readonly OneAppend[][]): Promise<number> {
    const began = performance.now();
    await Promise.all(
      writers.map(async (appends) => {
        for (const { stream, revision, event } of appends) {
          const { eventId: id, type, payload, metadata } = event;
          const data = Buffer.from(payload);
          await this.#client.appendToStream(
            stream,
            [binaryEvent({ id, type, data, metadata: { metadata } })],
            {
              expectedRevision: revision === 0 ? NO_STREAM : BigInt(revision - 1),
            },
          );
        }
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    return writers.reduce((sum, { length }) => sum + length, 0) / seconds;
  }

  async close(): Promise<void> {
    await this.#client.dispose();
  }
}
