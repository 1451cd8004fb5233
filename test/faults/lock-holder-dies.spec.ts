import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { buildProgram } from '../support/program.js';
import { freshPostgres, type FreshPostgres } from '../support/postgres.js';

/** What issue and documentation promise. */
const TAKEN_OVER_WITHIN_MS = 10_000;

describe('the process that has a lock', () => {
  let folder: string;
  let program: string;
  let place: FreshPostgres;
  let processes: ChildProcess[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-'));
    program = await buildProgram('test/faults/programs/hold-lock.ts', folder);
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  beforeEach(async () => {
    place = await freshPostgres();
    processes = [];
  });
  afterEach(async () => {
    for (const one of processes) one.kill('SIGKILL');
    await place.drop();
  });

  const start = (): ChildProcess => {
    const one = spawn(process.execPath, [program, place.url, 'work'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    processes.push(one);
    return one;
  };
  const hasIt = (one: ChildProcess, withinMs = 60_000) =>
    once(one.stdout!, 'data', { signal: AbortSignal.timeout(withinMs) });
  const sessions = () =>
    place.ask(
      "select 1 from pg_stat_activity where datname = current_database() and application_name = 'habeas lock'",
    );

  it.each([
    ['is killed', 'SIGKILL'],
    ['is frozen, so that the server hears nothing of it', 'SIGSTOP'],
  ] as const)('%s: another has it within 10 s', async (_, signal) => {
    const first = start();
    await hasIt(first);
    const second = start();
    await eventually(async () => expect(await sessions()).toHaveLength(2));
    first.kill(signal);
    await hasIt(second, TAKEN_OVER_WITHIN_MS);
  });
});
