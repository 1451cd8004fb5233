import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '../../src/event-store/event-store.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { eventually } from '../support/eventually.js';
import { buildProgram } from '../support/program.js';
import { faultsOf, type Told } from '../support/store-examination.js';
import { everything } from '../support/store-events.js';

const run = promisify(execFile);

describe('several processes that write to one store', () => {
  let work: string;
  let folder: string;

  beforeEach(async () => {
    work = await mkdtemp(join(tmpdir(), 'habeas-processes-'));
    folder = join(work, 'store');
    await mkdir(join(work, 'program'));
    await mkdir(folder);
  });
  afterEach(() => rm(work, { recursive: true }));

  it('lose nothing, double nothing, and hide nothing from one that follows', async () => {
    const program = await buildProgram('test/faults/programs/append-known-events.ts', join(work, 'program'));
    const follower = new SqliteEventStore({ folder });
    const subscription = follower.subscribe(undefined);
    const seen: StoredEvent[] = [];
    const following = (async () => {
      for await (const batch of subscription) seen.push(...batch);
    })();
    const processes = ['first', 'second', 'third'].map((name) =>
      run(process.execPath, [program, folder, 'full', name, name === 'third' ? 'abandon' : 'close']),
    );
    await Promise.all(processes);
    const stored = await everything(follower);
    await eventually(() => seen.length >= stored.length);
    subscription.stop();
    await following;
    expect(seen).toEqual(stored);
    await follower.close();
    const told = (await readFile(join(folder, 'answers'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Told);
    expect(told.filter(({ outcome }) => outcome === 'stored')).toHaveLength(3 * 92);
    expect(await faultsOf(folder, told)).toEqual([]);
  }, 60_000);
});
