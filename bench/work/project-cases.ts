import { SystemClock } from '../../src/clock.js';
import { LawBook } from '../../src/cases/law-book.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { openProjector, prepareReadDatabase, readModelsIn } from '../../src/projector.js';

/** Fills the read model of a store that has none yet, in this very thread. Gives the facts per second. */
export async function projectCases(dataDir: string, facts: number): Promise<number> {
  const store = new SqliteEventStore({ folder: dataDir, access: 'read' });
  const head = await store.head();
  const readModels = readModelsIn({ dataDir, databaseUrl: undefined });
  await prepareReadDatabase(readModels);
  const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
  const clock = new SystemClock(LawBook.of('BY').law.timeZone);
  const projector = openProjector({
    readModels,
    store,
    clock,
    tell: (news) => {
      if (news.kind === 'applied' && news.position === head) arrive();
    },
  });
  const began = performance.now();
  await projector.start();
  await arrived;
  const seconds = (performance.now() - began) / 1000;
  await projector.stop();
  await store.close();
  return facts / seconds;
}
