import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { CaseHistories } from './cases/case-history.js';
import { LawBook } from './cases/law-book.js';
import { CaseReadModel } from './cases/read-models/case-read-model.js';
import { CASE_UPCASTERS } from './cases/upcasters.js';
import type { Clock } from './clock.js';
import { migrate } from './database/migrate.js';
import { openDatabase } from './database/sqlite.js';
import type { EventStore } from './event-store/event-store.js';
import { Ledger } from './ledger/ledger.js';
import { Upcasting } from './ledger/upcasting.js';
import type { Deriving } from './projections/deriving.js';
import type { ProjectorNews } from './projections/news.js';
import { Projector } from './projections/projector.js';
import type { ProjectorHost } from './projections/projector-host.js';
import type { ReadModel } from './projections/read-model.js';
import { PROJECTION_MIGRATIONS, type ProjectionTables } from './projections/tables.js';

/** The read models' database, beside the embedded store. */
export const readDatabaseFile = (dataDir: string): string => join(dataDir, 'read.db');

/** All that is in it is made from the event store, and can be made again. */
export const openReadDatabase = (
  file: string,
  { readOnly = false }: { readOnly?: boolean } = {},
): Kysely<ProjectionTables> => openDatabase<ProjectionTables>(file, { readOnly, durability: 'derived' });

/** Makes the tables that say how far read models are. Any process may be the first. */
export async function prepareReadDatabase(file: string): Promise<void> {
  const database = openReadDatabase(file);
  try {
    await migrate(database, 'projections', PROJECTION_MIGRATIONS);
  } finally {
    await database.destroy();
  }
}

/** The cases' read model, fed from a store. */
export function caseReadModel(store: EventStore): CaseReadModel {
  const ledger = new Ledger(store, new Upcasting(CASE_UPCASTERS));
  return new CaseReadModel(new CaseHistories(ledger), LawBook.of('BY').law);
}

export interface ProjectorSettings {
  dataDir: string;
  store: EventStore;
  clock: Clock;
  tell: (news: ProjectorNews) => void;
  /** What derives many cases at a time, if not this thread. */
  deriving?: (model: ReadModel) => Deriving;
}

/** The projector of this service's read models, with a connection of its own; `stop` closes that, not the store. */
export function openProjector({ dataDir, store, ...parts }: ProjectorSettings): ProjectorHost {
  const database = openReadDatabase(readDatabaseFile(dataDir));
  const projector = new Projector({ database, store, models: [caseReadModel(store)], ...parts });
  return {
    start: () => projector.start(),
    nudge: () => projector.nudge(),
    stop: async () => {
      await projector.stop();
      await database.destroy();
    },
  };
}
