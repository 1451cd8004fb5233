import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import { SystemClock } from './clock.js';
import { SqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { DerivingHere } from './projections/deriving.js';
import { DerivingThreads } from './projections/deriving-threads.js';
import { serveDeriving } from './projections/serve-deriving.js';
import { serveProjector } from './projections/serve-projector.js';
import { caseReadModel, openProjector } from './projector.js';

/** What the main thread hands over; the projector hands it on to the threads that derive for it. */
export interface ProjectorWorkerData {
  task: 'project' | 'derive';
  dataDir: string;
  timeZone: string;
}

const MOST_THREADS = 4;

const given = workerData as ProjectorWorkerData;
const store = new SqliteEventStore({ folder: given.dataDir, access: 'read' });

if (given.task === 'derive') serveDeriving(caseReadModel(store));
else await project();

async function project(): Promise<void> {
  await serveProjector(async (tell) => {
    const projector = openProjector({
      dataDir: given.dataDir,
      store,
      clock: new SystemClock(given.timeZone),
      tell,
      deriving: (model) =>
        new DerivingThreads({
          entry: new URL(import.meta.url),
          data: { ...given, task: 'derive' } satisfies ProjectorWorkerData,
          threads: Math.min(availableParallelism(), MOST_THREADS),
          here: new DerivingHere(model),
        }),
    });
    return {
      start: () => projector.start(),
      nudge: () => projector.nudge(),
      stop: async () => {
        await projector.stop();
        await store.close();
      },
    };
  });
}
