import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GatheringThreads } from './gathering-threads.js';
import type { ReportQuestion } from './report-question.js';

/** Stands in for the thread of a report: does as it is handed. */
const PROGRAM = `
import { parentPort, workerData } from 'node:worker_threads';
const { how, order } = workerData;
const state = { knownAt: '2020-02-07T12:00:00.000Z', position: '7' };
parentPort.postMessage({ kind: 'began', state });
parentPort.postMessage({ kind: 'progress', progress: { done: 1, total: 2 } });
if (how === 'well') parentPort.postMessage({ kind: 'done', draft: { ...state, text: order.question.report } });
if (how === 'refuses') {
  const problem = { kind: 'unavailable', code: 'cases-unreadable', message: 'one', details: { retryAfterSeconds: 3 } };
  parentPort.postMessage({ kind: 'failed', problem });
}
if (how === 'fails') parentPort.postMessage({ kind: 'failed' });
if (how === 'dies') throw new TypeError('the name of a person');
if (how === 'grows') for (const all = []; ; ) all.push(new Array(1_000_000).fill(all.length));
if (how === 'hangs') setInterval(() => undefined, 1_000);
`;

const QUESTION: ReportQuestion = { report: 'monthly', asOf: '2020-02-07', filters: {}, audience: 'internal' };
const STATE = { knownAt: '2020-02-07T12:00:00.000Z', position: '7' };

describe('a report that is made in a thread of its own', () => {
  let folder: string;
  let entry: URL;
  const heard: unknown[] = [];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-thread-'));
    const file = join(folder, 'program.mjs');
    writeFileSync(file, PROGRAM);
    entry = pathToFileURL(file);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const make = (
    how: string,
    { signal, whenBegun }: { signal?: AbortSignal; whenBegun?: () => void } = {},
  ) => {
    heard.length = 0;
    const threads = new GatheringThreads({ entry, data: async () => ({ how }) });
    const news = {
      began: (state: unknown) => {
        heard.push(state);
        whenBegun?.();
      },
      progress: (progress: unknown) => void heard.push(progress),
    };
    return threads.gather({ question: QUESTION }, news, signal ?? new AbortController().signal);
  };

  it('is told of on its way, and handed over', async () => {
    expect(await make('well')).toEqual({ ...STATE, text: 'monthly' });
    expect(heard).toEqual([STATE, { done: 1, total: 2 }]);
  });

  it('is refused in the words of the thread', async () => {
    await expect(make('refuses')).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'cases-unreadable',
      details: { retryAfterSeconds: 3 },
    });
  });

  it.each(['fails', 'dies', 'ends'])('is an error that says nothing when the thread %s', async (how) => {
    await expect(make(how)).rejects.not.toHaveProperty('code');
  });

  it('is given up when it takes more memory than it may', async () => {
    await expect(make('grows')).rejects.toMatchObject({ kind: 'unavailable', code: 'report-too-large' });
  });

  it('is given up with the service', async () => {
    const given = new AbortController();
    given.abort(new Error('the service ends'));
    await expect(make('hangs', given)).rejects.toThrow('the service ends');
    const end = new AbortController();
    const whenBegun = (): void => end.abort(new Error('the service ends'));
    await expect(make('hangs', { signal: end.signal, whenBegun })).rejects.toThrow('the service ends');
  });
});
