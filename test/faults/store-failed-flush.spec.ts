import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { crashStates, faultsAfter } from '../support/crash-states.js';
import { record, type FileOperation } from '../support/file-history.js';
import { buildProgram } from '../support/program.js';
import { faultsOf, type Told } from '../support/store-examination.js';
import { ensureStrace } from '../support/strace.js';

const LOG = 'answers';
/** Which flush fails, counted from the start of the program; the first eleven belong to opening the store. */
const FLUSHES = [12, 13, 14, 15, 16, 19, 21, 22];

interface Run {
  history: FileOperation[];
  told: Told[];
  /** Files whose flush failed. */
  failed: string[];
  faults: string[];
}

describe('a flush to disk that fails', () => {
  let work: string;
  let program: string;

  beforeAll(async () => {
    await ensureStrace();
    work = await mkdtemp(join(tmpdir(), 'habeas-failed-flush-'));
    await mkdir(join(work, 'program'));
    program = await buildProgram('test/faults/programs/append-known-events.ts', join(work, 'program'));
  }, 180_000);
  afterAll(() => rm(work, { recursive: true }));

  it('stops the store until it has been checked; the appends in doubt learn that they were not written', async () => {
    const runs: Run[] = [];
    for (const flush of FLUSHES) runs.push(await appendWhile(`fsync:error=EIO:when=${flush}`));
    for (const { told, faults } of runs) {
      expect(faults).toEqual([]);
      expect(outcomes(told)).toEqual(new Set(['refused', 'stored']));
      expect(reasons(told)).toEqual(new Set(['store-unavailable']));
    }
    const failed = new Set(runs.flatMap((run) => run.failed));
    expect(failed).toEqual(new Set(['events.db', 'events.db-wal']));
  }, 180_000);

  it('leaves the outcome unknown when it goes on failing, until the store is whole again by itself', async () => {
    const runs: Run[] = [];
    for (const flush of [16, 17, 18])
      runs.push(await appendWhile(`fsync:error=EIO:when=${flush}..${flush + 1}`));
    for (const { told, faults } of runs) {
      expect(faults).toEqual([]);
      expect(outcomes(told)).toContain('unknown');
    }
  }, 180_000);

  it('does not let a later power cut take what was acknowledged, or bring back what was refused', async () => {
    let cuts = 0;
    for (const when of ['12', '15', '16', '19', '16..17']) {
      const { history } = await appendWhile(`fsync:error=EIO:when=${when}`);
      const from = history.findIndex(({ kind }) => kind === 'failed flush');
      for (const state of crashStates(history, { share: 1 / 2, from, to: from + 100 })) {
        expect({ when, faults: await faultsAfter(state, work) }).toEqual({ when, faults: [] });
        cuts += 1;
      }
    }
    expect(cuts).toBeGreaterThanOrEqual(200);
  }, 180_000);

  it('does not mislead a process that starts after one which died of it', async () => {
    const { died, next } = await dieAndStartAgain();
    const cuts = [
      ...crashStates([...died, ...next], { share: 1 / 2, from: died.length, to: died.length + 150 }),
    ];
    for (const state of cuts) expect(await faultsAfter(state, work)).toEqual([]);
    expect(cuts.length).toBeGreaterThanOrEqual(50);
  }, 180_000);

  it('would mislead it, were the log not written anew at every start', async () => {
    const { died, next } = await dieAndStartAgain();
    const [rewriting, ...rest] = next.filter(({ kind }) => kind === 'write');
    expect(rewriting).toMatchObject({ name: 'events.db-wal', offset: 0 });
    expect(rest.length).toBeGreaterThan(0);
    const faults: string[] = [];
    const without = [...died, ...next.filter((step) => step !== rewriting)];
    for (const state of crashStates(without, { share: 0, from: died.length, to: died.length + 150 })) {
      faults.push(...(await faultsAfter(state, work)));
      if (faults.length > 0) break;
    }
    expect(faults[0]).toMatch(/^lost: /);
  }, 180_000);

  const dieAndStartAgain = once(async (): Promise<{ died: FileOperation[]; next: FileOperation[] }> => {
    const recording = { folder: await mkdtemp(join(work, 'store-')), log: LOG };
    const died = await record(recording, program, ['full', 'first', 'die'], 'fsync:error=EIO:when=13+');
    const next = await record(recording, program, ['full', 'second', 'close']);
    return { died, next };
  });

  const appendWhile = once(async (inject: string): Promise<Run> => {
    const folder = await mkdtemp(join(work, 'store-'));
    const history = await record({ folder, log: LOG }, program, ['full', 'run', 'close'], inject);
    const told = history.flatMap((step) => (step.kind === 'told' ? [JSON.parse(step.text) as Told] : []));
    const failed = history.flatMap((step) => (step.kind === 'failed flush' ? [step.name] : []));
    return { history, told, failed, faults: await faultsOf(folder, told) };
  });
});

/** What was recorded for one test serves another that asks for the same. */
function once<T>(make: (what: string) => Promise<T>): (what?: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (what = '') => {
    const one = made.get(what) ?? make(what);
    made.set(what, one);
    return one;
  };
}

function outcomes(told: readonly Told[]): Set<string> {
  return new Set(told.map(({ outcome }) => outcome));
}

function reasons(told: readonly Told[]): Set<string> {
  return new Set(told.flatMap((answer) => (answer.outcome === 'refused' ? [answer.why] : [])));
}
