import { workerData } from 'node:worker_threads';
import { openGathering, type ReportWorkerData } from './report-side.js';
import { serveGathering } from './reports/gathering/serve-gathering.js';

const { order, ...settings } = workerData as ReportWorkerData;
const { gathering, close } = openGathering(settings);
try {
  await serveGathering(gathering, order);
} finally {
  await close();
}
