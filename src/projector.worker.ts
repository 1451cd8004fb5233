import { workerData } from 'node:worker_threads';
import { SystemClock } from './clock.js';
import { SqliteEventStore } from './event-store/sqlite/sqlite-event-store.js';
import { serveProjector } from './projections/serve-projector.js';
import { openProjector } from './projector.js';

/** What the main thread hands over. */
export interface ProjectorWorkerData {
  dataDir: string;
  timeZone: string;
}

const { dataDir, timeZone } = workerData as ProjectorWorkerData;

await serveProjector(async (tell) => {
  const store = new SqliteEventStore({ folder: dataDir, access: 'read' });
  const projector = openProjector(dataDir, store, new SystemClock(timeZone), tell);
  return {
    start: () => projector.start(),
    nudge: () => projector.nudge(),
    stop: async () => {
      await projector.stop();
      await store.close();
    },
  };
});
