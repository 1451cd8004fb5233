import { Worker } from 'node:worker_threads';
import { StoreUnavailable } from '../errors.js';
import type { Acknowledged } from './acknowledged.js';

/**
 * Runs in a thread of its own, since it reads the whole file and `node:sqlite` would hold up the event loop; given as text,
 * since a worker's file has another name in the sources than in what is built from them.
 */
const CHECK = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require('node:sqlite');
  const db = new DatabaseSync(workerData.file, { readOnly: true, timeout: 5000 });
  const damage = db.prepare('PRAGMA quick_check(1)').get().quick_check;
  const { first, last } = workerData.span;
  const found = db.prepare('SELECT count(*) AS n FROM events WHERE position BETWEEN ? AND ?').get(first, last).n;
  db.close();
  parentPort.postMessage({ damage, found });
`;

interface Findings {
  damage: string;
  found: number;
}

/** Rejects unless the file is sound and holds everything that has been acknowledged. */
export async function checkWholeStore(file: string, acknowledged: Pick<Acknowledged, 'span'>): Promise<void> {
  const span = acknowledged.span();
  const { damage, found } = await new Promise<Findings>((resolve, reject) => {
    const worker = new Worker(CHECK, { eval: true, workerData: { file, span } });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check of the event store ended with ${code}`)));
  });
  if (damage !== 'ok') throw new StoreUnavailable(`the event store is damaged: ${damage}`);
  if (found < span.count) {
    throw new StoreUnavailable(`the event store has lost ${span.count - found} acknowledged events`);
  }
}
