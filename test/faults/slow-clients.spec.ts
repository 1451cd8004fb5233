import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Caseworker } from '../support/caseworker.js';
import { eventually } from '../support/eventually.js';
import { Installation, type ChildService } from '../support/installation.js';
import { SlowClients } from './support/slow-clients.js';

const OF_EACH_KIND = 100;
const LASTS_MS = 15_000;
const ALONE_MS = 5_000;
const FEWEST_REQUESTS = 200;
/** The callers think in between: what is measured is the service, not how much a machine can do at most. */
const CALLERS = 2;
const THINKS_MS = 25;
/** Most of what is asked of a register is to be read. */
const ONE_COMMAND_IN = 25;
const P95_BELOW_MS = 200;
/** A machine on which this takes longer with nobody else there has something else to do. */
const BUSY_FROM_MS = 100;

let installation: Installation;
let service: ChildService;
beforeAll(async () => {
  installation = await Installation.make();
  service = await installation.start();
}, 120_000);
afterAll(() => installation.remove());

/** What requests take, in milliseconds: for as long as is said, and until there are enough of them to go by. */
async function measured(caseId: string, worker: Caseworker, lastsMs: number): Promise<number[]> {
  const took: number[] = [];
  const end = performance.now() + lastsMs;
  const call = async (): Promise<void> => {
    for (let i = 0; performance.now() < end || took.length < FEWEST_REQUESTS; i += 1) {
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

/** How long 95 of 100 may take beside slow clients, where they take so long without. */
const mostBeside = (alone: number): number =>
  alone > BUSY_FROM_MS ? 2 * alone + BUSY_FROM_MS : P95_BELOW_MS;

it.each([
  [8, 200],
  [100, 200],
  [101, 302],
  [400, 900],
])('where requests take %d ms, slow clients may make it less than %d', (alone, most) =>
  expect(mostBeside(alone)).toBe(most),
);

it('two hundred slow clients keep nobody else waiting', async () => {
  const worker = await Caseworker.of(service);
  const caseId = await worker.open();
  await eventually(async () => (await worker.get(`/v1/cases/${caseId}`)).status === 200);
  const before = await measured(caseId, worker, ALONE_MS);
  const slow = new SlowClients(service.url, OF_EACH_KIND, worker.key);
  let beside: number[];
  try {
    await eventually(() => slow.connected === 2 * OF_EACH_KIND);
    beside = await measured(caseId, worker, LASTS_MS);
    // Those with slow headers are cut off after five seconds, each time anew.
    expect(slow.cutOff).toBeGreaterThanOrEqual(OF_EACH_KIND);
  } finally {
    slow.stop();
  }
  // On both sides: what else the machine has to do may begin or end meanwhile.
  const after = await measured(caseId, worker, ALONE_MS);
  const alone = Math.max(p95(before), p95(after));
  process.stdout.write(
    `p95 alone ${p95(before).toFixed(1)} and ${p95(after).toFixed(1)} ms (${before.length} and ${after.length} requests), ` +
      `beside 200 slow clients ${p95(beside).toFixed(1)} ms (${beside.length} requests)\n`,
  );
  expect(p95(beside)).toBeLessThan(mostBeside(alone));
}, 180_000);
