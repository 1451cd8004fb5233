/** An event as it stands at the end; `key` is that of the command which recorded it. */
export interface StoredEvent {
  eventId: string;
  revision: number;
  type: string;
  key: string;
}

/** By case. */
export type FinalHistories = ReadonlyMap<string, readonly StoredEvent[]>;

/** A history is a history: every revision in its place, every event once. */
export function historyFaults(final: readonly StoredEvent[]): string[] {
  const ids = new Set<string>();
  const faults: string[] = [];
  for (const [place, { eventId, revision }] of final.entries()) {
    if (revision !== place) faults.push(`revision ${revision} stands in the place of ${place}`);
    if (ids.has(eventId)) faults.push(`the event ${eventId} stands twice`);
    ids.add(eventId);
  }
  return faults;
}
