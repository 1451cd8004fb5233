import { ACCESS_STREAMS } from './access-log/access-stream.js';
import { AccessEntries } from './access-log/read-model/access-entries.js';
import { ACCESS_LOG } from './access-log/read-model/access-log-read-model.js';
import type { EntryTables } from './access-log/read-model/entry-tables.js';
import type { CaseTables } from './cases/read-models/case-tables.js';
import { CASES } from './cases/read-models/case-read-model.js';
import { CaseRecords } from './cases/read-models/case-records.js';
import { CASE_STREAMS } from './cases/case-stream.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { eventsIn } from './event-store-location.js';
import type { EventStore } from './event-store/event-store.js';
import type { LedgerReader } from './ledger/ledger-reader.js';
import type { Log } from './log.js';
import type { ProjectorNews } from './projections/news.js';
import { Projections } from './projections/projections.js';
import type { ProjectorHost } from './projections/projector-host.js';
import { ProjectorThread } from './projections/projector-thread.js';
import { openProjector, openReadDatabase, prepareReadDatabase, readModelsIn } from './projector.js';
import type { ProjectorWorkerData } from './projector.worker.js';
import type { Shutdown } from './shutdown.js';

/** For the few things that are asked of the projector through the database. */
const WRITER_CONNECTIONS = 2;

export interface ReadSideParts {
  config: Pick<Config, 'dataDir' | 'eventStore' | 'databaseUrl' | 'roles'>;
  store: EventStore;
  ledger: LedgerReader;
  clock: Clock;
  log: Log;
  shutdown: Shutdown;
  timeZone: string;
}

/** The read models of this process: what it answers from, how far that is, and, if it has that role, the projector. */
export class ReadSide {
  private constructor(
    readonly records: CaseRecords,
    readonly accessEntries: AccessEntries,
    readonly projections: Projections,
  ) {}

  /** Resolves when there are tables to answer from. */
  static async open(parts: ReadSideParts): Promise<ReadSide> {
    const { config, store, ledger, clock, shutdown } = parts;
    const readModels = readModelsIn(config);
    await prepareReadDatabase(readModels);
    const reader = openReadDatabase(readModels, { readOnly: true });
    const writer = openReadDatabase(readModels, { poolSize: WRITER_CONNECTIONS });
    let projector: ProjectorHost | undefined;
    const projections = new Projections({
      reader,
      writer,
      store,
      clock,
      recordedAt: (event) => ledger.open(event).recordedAt,
      models: [
        { name: CASES, prefixes: [CASE_STREAMS] },
        { name: ACCESS_LOG, prefixes: [ACCESS_STREAMS] },
      ],
      nudge: () => projector?.nudge(),
    });
    shutdown.during('close stores', () => Promise.all([reader.destroy(), writer.destroy()]));
    if (config.roles.has('projector')) {
      projector = hostOf(parts, (news) => {
        projections.heard(news);
        report(parts.log, news);
      });
      await projector.start();
      shutdown.during('stop subscriptions', () => projector?.stop());
    }
    return new ReadSide(
      new CaseRecords(reader.withTables<CaseTables>()),
      new AccessEntries(reader.withTables<EntryTables>()),
      projections,
    );
  }
}

/** In a thread of its own where there is a built file for it to run; the sources themselves run under a test runner only. */
function hostOf(
  { config, store, clock, log, timeZone }: ReadSideParts,
  tell: (news: ProjectorNews) => void,
): ProjectorHost {
  const readModels = readModelsIn(config);
  if (!import.meta.url.endsWith('.js')) return openProjector({ readModels, store, clock, tell });
  return new ProjectorThread({
    entry: new URL('./projector.worker.js', import.meta.url),
    data: { task: 'project', events: eventsIn(config), readModels, timeZone } satisfies ProjectorWorkerData,
    tell,
    onDeath: (reason) => log.error({ reason }, 'projector died'),
  });
}

function report(log: Log, news: ProjectorNews): void {
  switch (news.kind) {
    case 'applied':
    case 'progress':
      return;
    case 'parked': {
      const { projection, id, key, code, attempts } = news;
      const fields = { projection, parked: id, key, code, attempts };
      // Once it is known that someone must look at it, that it still fails is no news.
      if (attempts === 1) log.error(fields, 'parked');
      else log.warn(fields, 'parked');
      return;
    }
    case 'rebuilt':
      log.info({ projection: news.projection, events: news.events }, 'rebuilt');
      return;
    case 'turn':
      log.info({ projection: news.projection, begins: news.begins }, 'projector turn');
      return;
    case 'trouble':
      log.warn({ projection: news.projection, doing: news.doing, reason: news.message }, 'projector trouble');
      return;
    default:
      news satisfies never;
  }
}
