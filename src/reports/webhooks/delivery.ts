import { aboutIn, type About, type FeedEntry } from '../feed/feed-entry.js';

/** All that a webhook tells of an event; whoever wants more asks for it, with a key of his own. */
export type ToldEvent = About & Pick<FeedEntry, 'position' | 'eventId' | 'type' | 'recordedAt'>;

export const toldOf = (entry: FeedEntry): ToldEvent => ({
  position: entry.position,
  eventId: entry.eventId,
  ...aboutIn(entry),
  type: entry.type,
  recordedAt: entry.recordedAt,
});

/** The body of a delivery: the same bytes at every try. `entries` are in the order of recording. */
export function bodyOf(entries: readonly FeedEntry[]): string {
  const timestamp = entries.at(-1)?.recordedAt;
  return JSON.stringify({ type: 'events.recorded', timestamp, data: { events: entries.map(toldOf) } });
}
