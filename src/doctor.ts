import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sql } from 'kysely';
import type { Config } from './config.js';
import { openDatabaseAt } from './database/open-database.js';
import { HabeasError } from './errors.js';
import { eventsIn, openEventStore } from './event-store-location.js';
import type { EventStore, StoredEvent } from './event-store/event-store.js';
import { toPosition, toRow } from './event-store/sqlite/position.js';
import { keysIn } from './keys/key-store.js';
import { partsOfAll, type EventParts } from './ledger/parts-of-event.js';
import { listedErasures } from './listed-erasures.js';
import { examineLog } from './log-examination.js';
import { openKeyStore } from './open-key-store.js';
import { refusalIn } from './refusal.js';
import type { ScheduleSettings } from './schedule-settings.js';

const MEGABYTE = 1024 * 1024;
const SAMPLE = 200;
/** Clocks of two machines are never quite the same. */
const CLOCK_MAY_DIFFER_MS = 60_000;

export interface Examination {
  /** A line each. */
  faults: string[];
  /** What was looked at and found well, a line each. */
  well: string[];
}

/**
 * What can be seen from outside of an installation whose settings are sound. Nothing of it is changed. `serviceRuns`: the events
 * are open for writing elsewhere already, so only they are read.
 */
export async function examine(config: Config, serviceRuns: boolean): Promise<Examination> {
  const faults: string[] = [];
  const well: string[] = [];
  const look = async (check: () => Promise<string | undefined>): Promise<void> => {
    try {
      const found = await check();
      if (found !== undefined) well.push(found);
    } catch (error) {
      faults.push(...(refusalIn(error) ?? [inWords(error)]));
    }
  };
  await look(() => spaceLeft(config));
  if (config.roles.has('api')) await look(async () => erasuresOf(config));
  if (config.schedule) well.push(scheduleOf(config.schedule));
  if (config.eventStore === undefined && !existsSync(join(config.dataDir, 'events.db'))) {
    well.push(`HABEAS_DATA: there are no events in ${config.dataDir} yet`);
    return { faults, well };
  }
  let sample: StoredEvent[] = [];
  await look(async () => {
    const store = openEventStore(eventsIn(config), { access: serviceRuns ? 'read' : 'write' });
    try {
      if (!serviceRuns) await store.checkWritable();
      sample = await someEvents(store, config.eventStore === undefined);
      const log = await examineLog(config, store, serviceRuns || config.databaseUrl !== undefined);
      faults.push(...log.faults);
      if (log.well !== undefined) well.push(log.well);
      return `the event store answers${serviceRuns ? '' : ', and what is written to it is on disk'}`;
    } finally {
      await store.close();
    }
  });
  const { sound, damaged } = partsOfAll(sample);
  faults.push(
    ...damaged.map(
      ({ stream, revision }) =>
        `event ${revision} of ${stream} is not as it was written and cannot be read (habeas verify --store)`,
    ),
  );
  await look(() => keysOf(config, sound));
  await look(async () => clockAgainst(sound));
  if (config.databaseUrl !== undefined) await look(() => clockOfDatabase(config.databaseUrl ?? ''));
  return { faults, well };
}

async function spaceLeft({ dataDir, minFreeMegabytes }: Config): Promise<string> {
  const { bavail, bsize } = await statfs(existsSync(dataDir) ? dataDir : dirname(dataDir));
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free < minFreeMegabytes) {
    throw new Fault(
      `HABEAS_DATA: ${free} MB are free on its disk, less than HABEAS_MIN_FREE_MB (${minFreeMegabytes})`,
    );
  }
  return `${free} MB are free`;
}

const erasuresOf = (config: Config): string =>
  `the list of erasures can be read; there are ${listedErasures(config).length} on it`;

const scheduleOf = ({ folder, daily, monthly, languages }: ScheduleSettings): string =>
  `reports go to ${folder}, in ${languages.join(', ')}: each day ${daily.join(', ') || 'none'}; each month ${monthly.join(', ') || 'none'}`;

/** As many as a look is worth: of the embedded store the last ones. Elsewhere positions are not counted, and it is the first. */
async function someEvents(store: EventStore, embedded: boolean): Promise<StoredEvent[]> {
  const last = embedded ? toRow(await store.head()) : 0;
  const after = last > SAMPLE ? toPosition(last - SAMPLE) : undefined;
  for await (const events of store.readAll(after, undefined, SAMPLE)) return [...events];
  return [];
}

async function keysOf(config: Config, events: readonly EventParts[]): Promise<string> {
  const location = keysIn(config);
  if (location.kind === 'sqlite' && !existsSync(location.file))
    throw new Fault(`${location.file} is missing`);
  const store = await openKeyStore(config);
  try {
    const keyIds = [...new Set(events.flatMap(({ leaf }) => leaf.keys))];
    const found = await store.find(keyIds);
    const lost = keyIds.filter((keyId) => !found.has(keyId)).length;
    if (lost > 0)
      throw new Fault(`${lost} of ${keyIds.length} keys that events name are not in the key store`);
    return `the key store answers; ${keyIds.length} keys were asked for and open`;
  } finally {
    await store.close();
  }
}

function clockAgainst(events: readonly EventParts[]): string | undefined {
  const latest = events
    .map(({ leaf }) => leaf.recordedAt)
    .toSorted()
    .at(-1);
  if (latest === undefined) return undefined;
  if (Date.parse(latest) > Date.now() + CLOCK_MAY_DIFFER_MS) {
    throw new Fault(
      `the clock is behind: it is ${new Date().toISOString()}, and an event was recorded at ${latest}`,
    );
  }
  return 'the clock is not behind what was recorded';
}

async function clockOfDatabase(url: string): Promise<string> {
  const database = openDatabaseAt<object>(
    { kind: 'postgres', url, schema: 'habeas_access' },
    { applicationName: 'habeas doctor' },
  );
  try {
    const { rows } = await sql<{ now: string }>`select to_json(now())#>>'{}' as now`.execute(database);
    const apart = Math.abs(Date.parse(rows[0]?.now ?? '') - Date.now());
    if (!(apart <= CLOCK_MAY_DIFFER_MS)) {
      throw new Fault(
        `the clocks of this machine and of DATABASE_URL are ${Math.round(apart / 1000)} s apart`,
      );
    }
    return 'the database answers, and its clock agrees';
  } finally {
    await database.destroy();
  }
}

/** Found by looking, in words for the person who asked. */
class Fault extends Error {
  override readonly name = 'Fault';
}

/** An unknown error may quote anything. */
const inWords = (error: unknown): string => {
  if (error instanceof Fault || error instanceof HabeasError) return error.message;
  return `a look failed (${error instanceof Error ? error.name : typeof error})`;
};
