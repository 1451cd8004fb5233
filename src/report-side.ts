import { CaseHistories } from './cases/case-history.js';
import { LawBook } from './cases/law-book.js';
import { SystemClock, type Clock } from './clock.js';
import type { Config } from './config.js';
import type { DatabaseLocation } from './database/open-database.js';
import { eventsIn, openEventStore, type StoreLocation } from './event-store-location.js';
import type { EventStore } from './event-store/event-store.js';
import { openReadDatabase, readerOn, readModelsIn } from './projector.js';
import { RegisterBook, type ReadSoFar } from './register/register-book.js';
import { CaseGathering } from './reports/gathering/case-gathering.js';
import type { Gathering, GatheringOrder } from './reports/gathering/gathering.js';
import { GatheringThreads } from './reports/gathering/gathering-threads.js';

/** Plain data, handed to threads; it may hold a password: never log it. */
export interface GatheringSettings {
  events: StoreLocation;
  readModels: DatabaseLocation;
  timeZone: string;
  /** What the service has read of the register's streams: to find these few, a thread would look through everything. */
  registered: ReadSoFar;
}

/** What the thread of one report is handed. */
export interface ReportWorkerData extends GatheringSettings {
  order: GatheringOrder;
}

export interface OpenGathering {
  gathering: Gathering;
  /** Closes what was opened for it. */
  close: () => Promise<void>;
}

/** For one thread: with a store and a database of its own. */
export function openGathering({
  events,
  readModels,
  timeZone,
  registered,
}: GatheringSettings): OpenGathering {
  const store = openEventStore(events, { access: 'read' });
  const book = new RegisterBook(store, readerOn(store), registered);
  const isStoreElsewhere = events.kind !== 'sqlite';
  const clock = new SystemClock(timeZone);
  const { gathering, close } = gatheringOn({ store, isStoreElsewhere, readModels, book, clock });
  return {
    gathering,
    close: async () => {
      await close();
      await store.close();
    },
  };
}

/** In threads where there is a built file for them to run; the sources themselves run under a test runner only. */
export function gatheringIn(
  config: Pick<Config, 'dataDir' | 'eventStore' | 'databaseUrl'>,
  { store, book, clock }: Pick<GatheringOn, 'store' | 'book' | 'clock'>,
): OpenGathering {
  const readModels = readModelsIn(config);
  if (!import.meta.url.endsWith('.js'))
    return gatheringOn({
      store,
      isStoreElsewhere: config.eventStore !== undefined,
      readModels,
      book,
      clock,
    });
  const { timeZone } = LawBook.of('BY').law;
  const place = { events: eventsIn(config), readModels, timeZone };
  return {
    gathering: new GatheringThreads({
      entry: new URL('./report.worker.js', import.meta.url),
      data: async () =>
        ({ ...place, registered: await book.soFar() }) satisfies Omit<ReportWorkerData, 'order'>,
    }),
    close: async () => undefined,
  };
}

interface GatheringOn {
  store: EventStore;
  isStoreElsewhere: boolean;
  readModels: DatabaseLocation;
  book: RegisterBook;
  clock: Clock;
}

function gatheringOn({ readModels, ...parts }: GatheringOn): OpenGathering {
  // A report holds on to one state of the read model while it is made, and two of them may be made at a time.
  const database = openReadDatabase(readModels, { readOnly: true, poolSize: 2 });
  const histories = new CaseHistories(readerOn(parts.store));
  const { law } = LawBook.of('BY');
  return {
    gathering: new CaseGathering({ ...parts, database, histories, law }),
    close: () => database.destroy(),
  };
}
