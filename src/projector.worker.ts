import { availableParallelism } from 'node:os';
import { workerData } from 'node:worker_threads';
import { SystemClock } from './clock.js';
import type { DatabaseLocation } from './database/open-database.js';
import { openEventStore, type StoreLocation } from './event-store-location.js';
import { DerivingHere, type Deriving } from './projections/deriving.js';
import { DerivingThreads } from './projections/deriving-threads.js';
import type { ReadModel } from './projections/read-model.js';
import { serveDeriving } from './projections/serve-deriving.js';
import { serveProjector } from './projections/serve-projector.js';
import { openProjector, readModelsOf } from './projector.js';
import { CASES } from './cases/read-models/case-read-model.js';

/** What the main thread hands over; the projector hands it on to the threads that derive for it. */
export interface ProjectorWorkerData {
  task: 'project' | { derive: string };
  events: StoreLocation;
  readModels: DatabaseLocation;
  timeZone: string;
}

const MOST_THREADS = 4;
/** Beside this one, which reads and writes. A single one would cost more in copies than it takes off this one. */
const THREADS = Math.min(availableParallelism() - 1, MOST_THREADS);

const given = workerData as ProjectorWorkerData;
if (given.task === 'project') await project();
else derive(given.task.derive);

function derive(name: string): void {
  const model = readModelsOf(openEventStore(given.events, { access: 'read' })).find(
    (one) => one.name === name,
  );
  if (!model) throw new Error(`there is no read model ${name}`);
  serveDeriving(model);
}

async function project(): Promise<void> {
  await serveProjector(async (tell) => {
    const store = openEventStore(given.events, {
      access: 'read',
      onTrouble: (message) => tell({ kind: 'trouble', projection: CASES, doing: 'subscribing', message }),
    });
    const projector = openProjector({
      readModels: given.readModels,
      store,
      clock: new SystemClock(given.timeZone),
      tell,
      deriving: THREADS < 2 ? undefined : inThreads,
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

function inThreads(model: ReadModel): Deriving {
  return new DerivingThreads({
    entry: new URL(import.meta.url),
    data: { ...given, task: { derive: model.name } } satisfies ProjectorWorkerData,
    threads: THREADS,
    here: new DerivingHere(model),
  });
}
