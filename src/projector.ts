import type { Kysely } from 'kysely';
import { AccessLogReadModel } from './access-log/read-model/access-log-read-model.js';
import { CaseHistories } from './cases/case-history.js';
import { LawBook } from './cases/law-book.js';
import { CaseReadModel } from './cases/read-models/case-read-model.js';
import { CASE_UPCASTERS } from './cases/upcasters.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { holdLock } from './database/advisory-lock.js';
import { migrate } from './database/migrate.js';
import { databaseIn, openDatabaseAt, type DatabaseLocation } from './database/open-database.js';
import type { EventStore } from './event-store/event-store.js';
import { LedgerReader } from './ledger/ledger-reader.js';
import { Upcasting } from './ledger/upcasting.js';
import type { Deriving } from './projections/deriving.js';
import type { ProjectorNews } from './projections/news.js';
import { Projector, type TakeTurn } from './projections/projector.js';
import type { ProjectorHost } from './projections/projector-host.js';
import type { ReadModel } from './projections/read-model.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from './projections/tables.js';

/** What follows, what rebuilds and what looks for parked keys, at the same time. */
const PROJECTOR_CONNECTIONS = 4;

/** Where the read models are: a file beside the embedded store, or a schema of the PostgreSQL database if there is one. */
export const readModelsIn = (config: Pick<Config, 'dataDir' | 'databaseUrl'>): DatabaseLocation =>
  databaseIn(config, { file: 'read.db', schema: 'habeas_read' });

/** All that is in it is made from the event store, and can be made again. */
export const openReadDatabase = (
  location: DatabaseLocation,
  options: { readOnly?: boolean; poolSize?: number } = {},
): Kysely<ProjectionTables> =>
  openDatabaseAt<ProjectionTables>(location, {
    applicationName: 'habeas read models',
    durability: 'derived',
    ...options,
  });

/** Makes the tables that say how far read models are. Any process may be the first. */
export async function prepareReadDatabase(location: DatabaseLocation): Promise<void> {
  const database = openReadDatabase(location);
  try {
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
  } finally {
    await database.destroy();
  }
}

/** Processes that share a PostgreSQL database take turns. A file belongs to one process and its threads. */
const turnsIn = (location: DatabaseLocation): TakeTurn | undefined =>
  location.kind === 'sqlite'
    ? undefined
    : (name, signal, work) =>
        holdLock({ url: location.url, name: `${location.schema}/projector/${name}`, signal }, work);

export const readerOn = (store: EventStore): LedgerReader =>
  new LedgerReader(store, new Upcasting(CASE_UPCASTERS));

/** The cases' read model, fed from a store. */
export const caseReadModel = (store: EventStore): CaseReadModel =>
  new CaseReadModel(new CaseHistories(readerOn(store)), LawBook.of('BY').law);

/** All read models, fed from a store. */
export const readModelsOf = (store: EventStore): ReadModel[] => [
  caseReadModel(store),
  new AccessLogReadModel(readerOn(store)),
];

export interface ProjectorSettings {
  readModels: DatabaseLocation;
  store: EventStore;
  clock: Clock;
  tell: (news: ProjectorNews) => void;
  /** What derives many cases at a time, if not this thread. */
  deriving?: (model: ReadModel) => Deriving;
}

/** The projector of this service's read models, with connections of its own; `stop` closes those, not the store. */
export function openProjector({ readModels, store, ...parts }: ProjectorSettings): ProjectorHost {
  const database = openReadDatabase(readModels, { poolSize: PROJECTOR_CONNECTIONS });
  const takeTurn = turnsIn(readModels);
  const projector = new Projector({ database, store, models: readModelsOf(store), takeTurn, ...parts });
  return {
    start: () => projector.start(),
    nudge: () => projector.nudge(),
    stop: async () => {
      await projector.stop();
      await database.destroy();
    },
  };
}
