import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { readConfig, type Config } from '../../config.js';

import { HabeasError } from '../../errors.js';
import { throughout } from '../../event-store/copying/throughout.js';
import type { Watch } from '../../event-store/copying/watch.js';
import type { EventStore, StoredEvent } from '../../event-store/event-store.js';
import { eventsIn, openEventStore, storedIn } from '../../event-store-location.js';
import type { Trust } from '../../evidence/verify-bundle.js';
import { verifyWholeStore, type ProvenStore } from '../../evidence/verify-whole-store.js';

import { logIn, openLogDatabase } from '../../notary.js';
import { LogReader } from '../../transparency/log/log-reader.js';

import { CommandFailure } from '../failure.js';
import { interruptible } from '../interruption.js';
import { Stage } from '../migrate/stage.js';
import type { Terminal } from '../terminal.js';

const BATCH = 500;

type Place = Pick<Config, 'dataDir' | 'eventStore' | 'databaseUrl'>;

/** Verifies the store in a folder, or the one that the settings name, before the eyes of whoever waits. Throws `Unproven`. */
export async function verifiedStore(
  terminal: Terminal,
  folder: string | undefined,
  trust: Trust,
): Promise<{ proven: ProvenStore; place: string }> {
  const config = placeOf(terminal, folder);
  const place = config.eventStore ? 'the EventStoreDB of the settings' : `the store in ${config.dataDir}`;
  const elsewhere = config.eventStore && openEventStore(eventsIn(config));
  const log = logBeside(config);
  const stage = new Stage(terminal, 'Reading events');
  const store = (watch: Watch): Pick<EventStore, 'readAll'> =>
    elsewhere ? patient(elsewhere, watch) : storedIn(config.dataDir);
  try {
    const proven = await interruptible(
      terminal,
      (signal) => verifyAll({ store, log: log?.reader, trust, stage, signal }),
      () => 'Interrupted before all was read: nothing is proven.',
    );
    return { proven, place };
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error;
    const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
    throw new CommandFailure(`${place} cannot be read: ${error.message}${cause}`);
  } finally {
    stage.end();
    await Promise.all([elsewhere?.close(), log?.close()]);
  }
}

/** Reading needs no key, so what production asks of keys is not asked here. */
function placeOf({ env }: Terminal, folder: string | undefined): Place {
  if (folder === undefined) return readConfig({ ...env, NODE_ENV: undefined });
  return { dataDir: resolve(folder), eventStore: undefined, databaseUrl: undefined };
}

function logBeside(config: Place): { reader: LogReader; close: () => Promise<void> } | undefined {
  const location = logIn(config);
  if (location.kind === 'sqlite' && !existsSync(location.file)) return undefined;
  const database = openLogDatabase(location, { readOnly: true, poolSize: 1 });
  return { reader: new LogReader(database), close: () => database.destroy() };
}

async function verifyAll({
  store,
  log,
  trust,
  stage,
  signal,
}: {
  store: (watch: Watch) => Pick<EventStore, 'readAll'>;
  log: LogReader | undefined;
  trust: Trust;
  stage: Stage;
  signal: AbortSignal;
}): Promise<ProvenStore> {
  const total = await sizeOf(log);
  const show = (done: number): void =>
    stage.show(done, total === undefined ? undefined : Math.max(total, done));
  const watch: Watch = { show, trouble: (reason) => stage.trouble(reason), signal };
  return verifyWholeStore({
    store: store(watch),
    log: total === undefined ? undefined : log,
    trust,
    show,
    signal,
  });
}

/** Undefined where there is no log, or no tables for one. */
async function sizeOf(log: LogReader | undefined): Promise<number | undefined> {
  try {
    return (await log?.present())?.size;
  } catch (error) {
    if (error instanceof HabeasError && error.code === 'tables-missing') return undefined;
    throw error;
  }
}

/** Whoever cannot be reached for a while is asked again. */
const patient = (store: EventStore, watch: Watch): Pick<EventStore, 'readAll'> => ({
  readAll: (after) => batches(throughout(store, after, watch)),
});

async function* batches(events: AsyncIterable<StoredEvent>): AsyncGenerator<readonly StoredEvent[]> {
  let batch: StoredEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
