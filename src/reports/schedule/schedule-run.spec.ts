import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readdir, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { stdout } from 'node:process';
import { MinskClock } from '../../../test/support/minsk-clock.js';
import { RegisterOfIssues } from '../../../test/support/reports/register-of-issues.js';
import { SmallDisk } from '../../../test/support/small-disk.js';
import { HabeasError } from '../../errors.js';
import { FolderFiles } from '../../files/folder-files.js';
import { createLog } from '../../log.js';
import type { Wanted } from './schedulable.js';
import { ScheduleRun } from './schedule-run.js';
import { ScheduledDocuments } from './scheduled-documents.js';

const WANTED: Wanted = { daily: ['compliance'], monthly: ['due-process'] };
const RIGHTS = { folder: 0o750, file: 0o640 };
const ON = new AbortController().signal;

let folder: string;
let clock: MinskClock;
let register: RegisterOfIssues;
let log: Record<string, unknown>[];
let standing: { failing: number; complete: boolean };
let run: ScheduleRun;

const aProcess = (place = folder): ScheduleRun =>
  new ScheduleRun({
    wanted: WANTED,
    issuing: register,
    issued: register,
    documents: new ScheduledDocuments(new FolderFiles(place, RIGHTS), ['en']),
    clock,
    timeZone: 'Europe/Minsk',
    log: createLog({ logLevel: 'info' }, { write: (line) => log.push(JSON.parse(line)) }),
    tell: (now) => (standing = now),
  });

/** Minsk is three hours ahead of UTC. */
const at = (day: string, time = '12:00'): void => clock.set(`${day}T${time}:00+03:00`);
const filesIn = async (group: string): Promise<string[]> => (await readdir(join(folder, group))).toSorted();
const levels = (): unknown[] => log.map(({ level }) => level);

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'habeas-schedule-')), 'reports');
  clock = new MinskClock('2020-02-10T12:00:00+03:00');
  register = new RegisterOfIssues(clock);
  log = [];
  run = aProcess();
});
afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

describe('the schedule', () => {
  it('issues the reports of the last day and the last month, and writes their documents', async () => {
    await run.look(ON);
    expect(register.told()).toEqual(['due-process 2020-01-31', 'compliance 2020-02-09']);
    expect(await filesIn('daily-2020-02-09')).toEqual([
      'habeas-compliance-2020-02-09-en.csv',
      'habeas-compliance-2020-02-09-en.html',
      'habeas-compliance-2020-02-09-en.pdf',
      'habeas-compliance-2020-02-09-en.xlsx',
      'habeas-compliance-2020-02-09.json',
    ]);
    expect(await filesIn('monthly-2020-01')).toHaveLength(5);
    expect(await filesIn('drafts')).toEqual([]);
    expect(standing).toEqual({ failing: 0, complete: true });
    const modeOf = async (...path: string[]): Promise<number> =>
      (await stat(join(folder, ...path))).mode & 0o777;
    expect(await modeOf('monthly-2020-01')).toBe(0o750);
    expect(await modeOf('monthly-2020-01', 'habeas-due-process-2020-01-31.json')).toBe(0o640);
    expect(await modeOf('drafts')).toBe(0o700);
  });

  it('does nothing more until a day is over in Minsk, and a while has passed', async () => {
    await run.look(ON);
    at('2020-02-10', '23:59');
    await run.look(ON);
    // Ten minutes past midnight there; in Greenwich it is still the day before.
    at('2020-02-11', '00:09');
    await run.look(ON);
    expect(register.tries).toBe(2);
    at('2020-02-11', '00:10');
    await run.look(ON);
    expect(register.told().slice(2)).toEqual(['compliance 2020-02-10']);
  });

  it('issues a month when its last day is over', async () => {
    at('2020-02-29');
    await run.look(ON);
    at('2020-03-01');
    await run.look(ON);
    expect(register.told().slice(2)).toEqual(['due-process 2020-02-29', 'compliance 2020-02-29']);
  });

  it('makes up for the months of an outage, and of its days for the last one', async () => {
    await run.look(ON);
    at('2020-06-15');
    await aProcess().look(ON);
    expect(register.told().slice(2)).toEqual([
      'due-process 2020-02-29',
      'due-process 2020-03-31',
      'due-process 2020-04-30',
      'due-process 2020-05-31',
      'compliance 2020-06-14',
    ]);
    expect(register.issues[2]!.content.basis.filters).toEqual({ from: '2020-02-01', to: '2020-02-29' });
    expect(await filesIn('monthly-2020-03')).toHaveLength(5);
  });

  it('issues everything once, with two processes at it and after a restart', async () => {
    await Promise.all([run.look(ON), aProcess().look(ON)]);
    await aProcess().look(ON);
    expect(register.issues).toHaveLength(2);
    expect(await filesIn('drafts')).toEqual([]);
    expect(await filesIn('daily-2020-02-09')).toHaveLength(5);
  });

  it('writes what a process that was killed has not, and removes what it has left half', async () => {
    await run.look(ON);
    for (const name of await filesIn('daily-2020-02-09'))
      if (!name.endsWith('.csv')) await unlink(join(folder, 'daily-2020-02-09', name));
    await rm(join(folder, 'monthly-2020-01'), { recursive: true });
    const half = `${hostname().replaceAll(/[^\w-]/g, '_')}.${2 ** 30}.run.draft`;
    await writeFile(join(folder, 'drafts', half), 'half');
    // The day of the issue is not the last one any more.
    at('2020-02-14');
    await aProcess().look(ON);
    expect(await filesIn('drafts')).toEqual([]);
    expect(await filesIn('daily-2020-02-09')).toHaveLength(5);
    expect(await filesIn('monthly-2020-01')).toHaveLength(5);
    expect(register.told()).toEqual([
      'due-process 2020-01-31',
      'compliance 2020-02-09',
      'compliance 2020-02-13',
    ]);
  });

  it('leaves documents alone that are there, and those of long ago that were moved away', async () => {
    await run.look(ON);
    const file = join(folder, 'daily-2020-02-09', 'habeas-compliance-2020-02-09.json');
    await writeFile(file, 'looked through');
    await aProcess().look(ON);
    expect((await stat(file)).size).toBe('looked through'.length);
    await rm(join(folder, 'daily-2020-02-09'), { recursive: true });
    at('2020-03-20');
    await aProcess().look(ON);
    await expect(filesIn('daily-2020-02-09')).rejects.toThrow('ENOENT');
  });

  it('stops between two documents when the service ends, and says nothing of it', async () => {
    const end = new AbortController();
    register.trouble = () => end.abort();
    await run.look(end.signal);
    expect(register.issues).toHaveLength(1);
    await expect(readdir(folder)).rejects.toThrow('ENOENT');
    expect(log).toEqual([]);
    register.trouble = () => undefined;
    await aProcess().look(ON);
    expect(await filesIn('monthly-2020-01')).toHaveLength(5);
  });
});

describe('what fails', () => {
  const away = (): never => {
    throw new HabeasError('unavailable', 'store-unavailable', 'the store is away');
  };

  it("is tried again after a pause that grows, and is somebody's business only if it lasts", async () => {
    register.trouble = away;
    await run.look(ON);
    expect(standing).toEqual({ failing: 2, complete: false });
    await run.look(ON);
    expect(register.tries).toBe(2);
    const tries: number[] = [];
    for (let minute = 1; minute <= 63; minute++) {
      clock.forward(60);
      const before = register.tries;
      await run.look(ON);
      if (register.tries > before) tries.push(minute);
    }
    expect(tries).toEqual([1, 3, 7, 15, 31, 63]);
    const errors = log.filter(({ level }) => level === 'error');
    expect(errors).toMatchObject([{ code: 'store-unavailable', attempts: 6 }, { attempts: 6 }]);
    register.trouble = () => undefined;
    clock.forward(3_600);
    await run.look(ON);
    expect(standing).toEqual({ failing: 0, complete: true });
    expect(register.issues).toHaveLength(2);
  });

  it('keeps nothing else from being made', async () => {
    let first = true;
    register.trouble = () => {
      if (first) {
        first = false;
        throw new TypeError('a fault of ours');
      }
    };
    await run.look(ON);
    expect(register.told()).toEqual(['compliance 2020-02-09']);
    expect(log).toMatchObject([
      {
        level: 'error',
        event: 'scheduled report not made',
        scheduled: 'monthly/due-process/2020-01',
        error: 'TypeError',
      },
      { level: 'info', event: 'scheduled report made', written: 5 },
    ]);
  });

  it('is given up for a day when the next one is over, and not for a month', async () => {
    register.trouble = away;
    await run.look(ON);
    at('2020-02-11');
    register.trouble = () => undefined;
    log = [];
    await run.look(ON);
    expect(register.told()).toEqual(['due-process 2020-01-31', 'compliance 2020-02-10']);
    expect(log[0]).toMatchObject({
      event: 'scheduled report given up',
      scheduled: 'daily/compliance/2020-02-09',
    });
    expect(standing).toEqual({ failing: 0, complete: true });
  });

  it('for a folder that is none is an error at once, and what was issued is not issued again', async () => {
    await writeFile(folder, 'a file');
    await run.look(ON);
    expect(levels()).toEqual(['error', 'error']);
    expect(register.issues).toHaveLength(2);
    await unlink(folder);
    await mkdir(folder);
    clock.forward(60);
    await run.look(ON);
    expect(register.issues).toHaveLength(2);
    expect(await filesIn('daily-2020-02-09')).toHaveLength(5);
    expect(standing).toEqual({ failing: 0, complete: true });
  });

  it('for want of room is an error at once, and leaves nothing half', async () => {
    const disk = await SmallDisk.mount('1M');
    if (!disk) {
      stdout.write('no small disk: mounting is not allowed here; see the test with a folder that is none\n');
      return;
    }
    try {
      const full = aProcess(disk.path);
      disk.fill();
      await full.look(ON);
      expect(levels()).toEqual(['error', 'error']);
      disk.clear();
      expect(await readdir(disk.path)).not.toContain('daily-2020-02-09');
      clock.forward(60);
      await full.look(ON);
      expect(await readdir(join(disk.path, 'daily-2020-02-09'))).toHaveLength(5);
      expect(await readdir(join(disk.path, 'drafts'))).toEqual([]);
    } finally {
      await disk.unmount();
    }
  });
});
