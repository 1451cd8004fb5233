import { workerData } from 'node:worker_threads';
import { openGathering, type GatheringSettings } from './report-side.js';
import type { GatheringOrder } from './reports/gathering/gathering.js';
import { serveGathering } from './reports/gathering/serve-gathering.js';

/** What the main thread hands over: where everything is, and what is asked. */
export interface ReportWorkerData extends GatheringSettings {
  order: GatheringOrder;
}

const { order, ...settings } = workerData as ReportWorkerData;
const { gathering, close } = openGathering(settings);
try {
  await serveGathering(gathering, order);
} finally {
  await close();
}
