import { existsSync } from 'node:fs';
import type { Config } from './config.js';
import { HabeasError } from './errors.js';
import type { EventStore, StoredEvent } from './event-store/event-store.js';
import { partsOfAll } from './ledger/parts-of-event.js';
import { logIn, openLogDatabase } from './notary.js';
import { LogReader } from './transparency/log/log-reader.js';
import { TransparencyLog } from './transparency/transparency-log.js';

/** It signs every second; after so long it does not. */
const LATE_MS = 60_000;
/** Nobody needs to know more exactly. */
const MOST_COUNTED = 1_000;

export interface LogExamination {
  faults: string[];
  well: string | undefined;
}

/** What the notary has found, and whether what it has signed covers the store. `isServed`: somebody should be signing now. */
export async function examineLog(
  config: Pick<Config, 'dataDir' | 'databaseUrl'>,
  store: Pick<EventStore, 'readAll'>,
  isServed: boolean,
  now = Date.now(),
): Promise<LogExamination> {
  const location = logIn(config);
  if (location.kind === 'sqlite' && !existsSync(location.file)) return none;
  const database = openLogDatabase(location, { readOnly: true });
  try {
    const reader = new LogReader(database);
    const { alarms, signedSize } = await new TransparencyLog(reader).state();
    const faults = alarms.map(
      ({ fault, leaf, stream, revision }) =>
        `the notary: ${fault}${leaf === null ? '' : ` (leaf ${leaf}${stream === null ? '' : `, event ${revision} of ${stream}`})`}`,
    );
    const present = await reader.present();
    if (!present || signedSize === null) return { ...none, faults };
    const outside = await eventsAfter(store, present.position ?? undefined);
    const count = present.size - signedSize + outside.length;
    const { sound } = partsOfAll(outside);
    const oldest = sound.map(({ leaf }) => leaf.recordedAt).toSorted()[0];
    const isLate = oldest !== undefined && now - Date.parse(oldest) > LATE_MS;
    const uncovered = `${count}${outside.length < MOST_COUNTED ? '' : ' or more'} events are under no signed checkpoint`;
    if (isServed && isLate) faults.push(`${uncovered}, the oldest since ${oldest}: does the notary run?`);
    return { faults, well: count === 0 ? 'the last signed checkpoint covers every event' : uncovered };
  } catch (error) {
    if (error instanceof HabeasError && error.code === 'tables-missing') return none;
    throw error;
  } finally {
    await database.destroy();
  }
}

const none: LogExamination = { faults: [], well: 'no log of the events was signed yet' };

async function eventsAfter(
  store: Pick<EventStore, 'readAll'>,
  position: string | undefined,
): Promise<StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const events of store.readAll(position, undefined, MOST_COUNTED)) {
    found.push(...events);
    if (found.length >= MOST_COUNTED) break;
  }
  return found;
}
