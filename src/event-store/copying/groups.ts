import type { ExpectedRevision, StoredEvent } from '../event-store.js';

/** Events that follow each other in the store and in their stream, and so may be appended together. */
export interface Group {
  stream: string;
  expected: ExpectedRevision;
  events: StoredEvent[];
}

const MOST_EVENTS = 500;
/** Well below the 1 MiB that a server takes: texts may be written larger than they came, quoted characters up to six times. */
const MOST_BYTES = 128 * 1024;

/** The same events in the same order, as few appends as that allows. One that is too large stands alone. */
export async function* groups(events: AsyncIterable<StoredEvent>): AsyncGenerator<Group> {
  let group: Group | undefined;
  let bytes = 0;
  for await (const event of events) {
    const size = sizeOf(event);
    if (group && follows(event, group) && bytes + size <= MOST_BYTES && group.events.length < MOST_EVENTS) {
      group.events.push(event);
      bytes += size;
    } else {
      if (group) yield group;
      group = begin(event);
      bytes = size;
    }
  }
  if (group) yield group;
}

const begin = (event: StoredEvent): Group => ({
  stream: event.stream,
  expected: event.revision === 0 ? 'no_stream' : event.revision - 1,
  events: [event],
});

const follows = (event: StoredEvent, { stream, events }: Group): boolean =>
  event.stream === stream && event.revision === (events.at(-1)?.revision ?? -1) + 1;

const sizeOf = ({ type, payload, metadata }: StoredEvent): number =>
  Buffer.byteLength(type) + Buffer.byteLength(payload) + Buffer.byteLength(metadata);
