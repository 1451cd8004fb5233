import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { knownEvent } from './known-events.js';
import { everything } from './store-events.js';

/** What somebody was told about an append of known events. */
export type Told =
  /** It is on disk; `revision` is that of the last event. */
  | { outcome: 'stored'; stream: string; revision: number; ids: string[] }
  /** Nothing was written. */
  | { outcome: 'refused'; why: string; ids: string[] }
  | { outcome: 'unknown'; ids: string[] };

/**
 * Opens a store that something has happened to, as the service would after a restart, and gives everything that is wrong
 * with it: nothing, if it holds what was acknowledged once and intact, nothing that was refused or invented, and takes appends.
 */
export async function faultsOf(folder: string, told: readonly Told[]): Promise<string[]> {
  let store: SqliteEventStore | undefined;
  try {
    store = new SqliteEventStore({ folder });
    const events = await everything(store);
    const faults = [...told.flatMap(broken(events)), ...damaged(events), ...unsound(folder)];
    const again = await store.append('case-afterwards', [knownEvent('afterwards')], 'no_stream');
    return again.revision === 0 ? faults : [...faults, 'an append afterwards went astray'];
  } catch (error) {
    return [`the store failed: ${error instanceof Error ? error.message : String(error)}`];
  } finally {
    await store?.close();
  }
}

/** How the store breaks the word it gave. */
function broken(events: readonly StoredEvent[]): (told: Told) => string[] {
  const stored = Map.groupBy(events, (event) => event.eventId);
  return (told) => {
    if (told.outcome === 'unknown') return [];
    if (told.outcome === 'refused')
      return told.ids.filter((id) => stored.has(id)).map((id) => `refused, but there: ${id}`);
    return told.ids.flatMap((id, index) => {
      const wanted = told.revision - told.ids.length + 1 + index;
      const [found, ...more] = stored.get(id) ?? [];
      if (!found) return [`lost: ${id}`];
      if (more.length > 0) return [`stored ${more.length + 1} times: ${id}`];
      return found.stream === told.stream && found.revision === wanted ? [] : [`moved: ${id}`];
    });
  };
}

/** What was in flight may be there or not, but if it is, then whole and in its place. */
function damaged(events: readonly StoredEvent[]): string[] {
  const heads = new Map<string, number>();
  return events.flatMap((event) => {
    const { payload, metadata } = knownEvent(event.eventId);
    const next = (heads.get(event.stream) ?? -1) + 1;
    heads.set(event.stream, next);
    if (event.revision !== next) return [`a gap before: ${event.eventId}`];
    return event.payload === payload && event.metadata === metadata ? [] : [`altered: ${event.eventId}`];
  });
}

function unsound(folder: string): string[] {
  const db = new DatabaseSync(join(folder, 'events.db'), { readOnly: true });
  const results = db.prepare('PRAGMA integrity_check').all();
  db.close();
  return results.flatMap(({ integrity_check: found }) =>
    found === 'ok' ? [] : [`corrupt: ${String(found)}`],
  );
}
