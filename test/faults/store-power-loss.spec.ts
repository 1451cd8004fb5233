import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crashStates, faultsAfter, fingerprint } from '../support/crash-states.js';
import { record, type FileOperation } from '../support/file-history.js';
import { buildProgram } from '../support/program.js';
import { ensureStrace } from '../support/strace.js';

const LOG = 'answers';
const MOMENTS = { share: 1 / 3 };

describe('power loss', () => {
  let work: string;
  let program: string;

  beforeAll(async () => {
    await ensureStrace();
    work = await mkdtemp(join(tmpdir(), 'habeas-power-loss-'));
    await mkdir(join(work, 'program'));
    program = await buildProgram('test/faults/programs/append-known-events.ts', join(work, 'program'));
  }, 180_000);
  afterAll(() => rm(work, { recursive: true }));

  it('takes nothing that was acknowledged, and corrupts nothing, in 500 states a crash may leave', async () => {
    const history = await appendTwice('full');
    const seen = new Set<string>();
    for (const state of crashStates(history, MOMENTS)) {
      const name = fingerprint(state);
      if (seen.has(name)) continue;
      seen.add(name);
      expect({ state: name, faults: await faultsAfter(state, work) }).toEqual({ state: name, faults: [] });
    }
    expect(seen.size).toBeGreaterThanOrEqual(500);
  }, 180_000);

  it('is seen to take what was acknowledged when the log is not flushed with every commit', async () => {
    expect(await firstFault(await appendTwice('normal'))).toMatch(/^lost: /);
  }, 180_000);

  it('is seen to do harm on a disk that ignores flushes', async () => {
    const flushed = await appendTwice('full');
    const folderOnly = flushed.filter((operation) => operation.kind !== 'flush');
    expect(await firstFault(folderOnly)).toMatch(/^(lost|corrupt|altered|the store failed)/);
  }, 180_000);

  /** Two runs on one folder: the first ends without closing the store, so that the second recovers it. */
  async function appendTwice(durability: 'full' | 'normal'): Promise<FileOperation[]> {
    const folder = await mkdtemp(join(work, durability));
    const first = await record({ folder, log: LOG }, program, [durability, 'first', 'abandon']);
    const second = await record({ folder, log: LOG }, program, [durability, 'second', 'close']);
    return [...first, ...second];
  }

  async function firstFault(history: readonly FileOperation[]): Promise<string | undefined> {
    for (const state of crashStates(history, MOMENTS)) {
      const [fault] = await faultsAfter(state, work);
      if (fault) return fault;
    }
    return undefined;
  }
});
