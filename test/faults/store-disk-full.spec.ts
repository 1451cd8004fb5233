import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreFull } from '../../src/event-store/errors.js';
import { SqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { record } from '../support/file-history.js';
import { knownEvent } from '../support/known-events.js';
import { buildProgram } from '../support/program.js';
import { SmallDisk } from '../support/small-disk.js';
import { faultsOf, type Told } from '../support/store-examination.js';
import { everything, failureOf } from '../support/store-events.js';
import { ensureStrace } from '../support/strace.js';

const CYCLES = 10;

describe('a disk that is full', () => {
  let disk: SmallDisk | undefined;
  let store: SqliteEventStore;

  beforeEach(async () => {
    disk = await SmallDisk.mount('8m');
    if (disk) store = new SqliteEventStore({ folder: join(disk.path, 'data'), walPages: 100 });
  });
  afterEach(async () => {
    if (!disk) return;
    await store.close();
    await disk.unmount();
  });

  it(`is survived ${CYCLES} times without a restart: appends are refused, reading goes on, nothing is lost`, async () => {
    if (!disk) {
      process.stdout.write(
        'no small disk: mounting is not allowed here; see the test with failing writes below\n',
      );
      return;
    }
    const told: Told[] = [];
    for (let cycle = 0; cycle < CYCLES; cycle += 1) {
      told.push(await appended(`cycle${cycle}-before`));
      disk.fill();
      const { refused, accepted } = await appendUntilFull(cycle);
      told.push(...accepted, refused);
      expect(await failureOf(store.checkWritable())).toBeInstanceOf(StoreFull);
      await expectToHold(told);
      disk.clear();
      await store.checkWritable();
      told.push(await appended(`cycle${cycle}-after`));
      await expectToHold(told);
    }
    await store.close();
    expect(await faultsOf(join(disk.path, 'data'), told)).toEqual([]);
  }, 60_000);

  async function appended(name: string): Promise<Told> {
    const ids = [`${name}-0`, `${name}-1`];
    const { revision } = await store.append(`case-${name}`, ids.map(knownEvent), 'no_stream');
    return { outcome: 'stored', stream: `case-${name}`, revision, ids };
  }

  /** The log may have room of its own at first, so some appends are still taken. */
  async function appendUntilFull(cycle: number): Promise<{ accepted: Told[]; refused: Told }> {
    const accepted: Told[] = [];
    for (let round = 0; round < 1_000; round += 1) {
      const name = `cycle${cycle}-full${round}`;
      try {
        accepted.push(await appended(name));
      } catch (error) {
        expect(error).toBeInstanceOf(StoreFull);
        return {
          accepted,
          refused: { outcome: 'refused', why: 'storage-full', ids: [`${name}-0`, `${name}-1`] },
        };
      }
    }
    throw new Error('the disk did not become full');
  }

  async function expectToHold(told: readonly Told[]): Promise<void> {
    const stored = told.flatMap((answer) => (answer.outcome === 'stored' ? answer.ids : []));
    expect((await everything(store)).map(({ eventId }) => eventId)).toEqual(stored);
  }
});

describe('writes that fail for want of room', () => {
  let work: string;

  beforeAll(async () => {
    await ensureStrace();
    work = await mkdtemp(join(tmpdir(), 'habeas-disk-full-'));
    await mkdir(join(work, 'program'));
    await mkdir(join(work, 'store'));
  }, 180_000);
  afterAll(() => rm(work, { recursive: true }));

  it('wherever they strike, in the log or in the database, refuse whole appends and lose none', async () => {
    const program = await buildProgram('test/faults/programs/append-known-events.ts', join(work, 'program'));
    const recording = { folder: join(work, 'store'), log: 'answers' };
    const history = await record(
      recording,
      program,
      ['full', 'run', 'close'],
      'pwrite64:error=ENOSPC:when=60+43',
    );
    const told = history.flatMap((step) => (step.kind === 'told' ? [JSON.parse(step.text) as Told] : []));
    const refused = told.flatMap((answer) => (answer.outcome === 'refused' ? [answer.why] : []));
    expect(refused.length).toBeGreaterThanOrEqual(CYCLES);
    expect(new Set(refused)).toEqual(new Set(['storage-full']));
    expect(told.some(({ outcome }) => outcome === 'unknown')).toBe(false);
    expect(await faultsOf(recording.folder, told)).toEqual([]);
  }, 60_000);
});
