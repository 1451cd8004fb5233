import type { FeedEntry } from './feed-entry.js';
import { withHeartbeat } from './heartbeat.js';

export const NDJSON = 'application/x-ndjson';
export const EVENT_STREAM = 'text/event-stream';

type Batches = AsyncIterable<readonly FeedEntry[]>;

/** One entry a line. */
export async function* asLines(batches: Batches): AsyncGenerator<string> {
  for await (const entries of batches) yield entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

const COME_BACK_AFTER_MS = 2_000;
const HEARTBEAT_MS = 15_000;

/**
 * Server-sent events, the position as the id. It begins with a line of its own, so that the caller has the headers at once,
 * and says something at least every `heartbeatMs`, so that neither end takes a quiet feed for a dead one.
 */
export async function* asServerSentEvents(
  batches: Batches,
  heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<string> {
  yield `retry: ${COME_BACK_AFTER_MS}\n\n`;
  yield* withHeartbeat(events(batches), ': still here\n\n', heartbeatMs);
}

async function* events(batches: Batches): AsyncGenerator<string> {
  for await (const entries of batches) {
    yield entries.map((entry) => `id: ${entry.position}\ndata: ${JSON.stringify(entry)}\n\n`).join('');
  }
}
