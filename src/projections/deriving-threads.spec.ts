import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Derived, Deriving } from './deriving.js';
import { DerivingThreads } from './deriving-threads.js';

/** Stands in for a thread that derives: says for each key which thread it is, or does what the key bids it. */
const PROGRAM = `
import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', ({ id, keys }) => {
  if (keys.includes('die')) throw new Error('the name of a person');
  if (keys.includes('wait')) parentPort.postMessage({ id, passing: 'store-unavailable' });
  else parentPort.postMessage({ id, derived: keys.map((key) => ({ key, rows: threadId })) });
});
`;

const here: Deriving = {
  elsewhere: false,
  derive: async (keys) => keys.map((key) => ({ key, rows: 'here' })),
  close: async () => undefined,
};

const keys = (count: number): string[] => Array.from({ length: count }, (_, n) => `k${n}`);
const rowsOf = (derived: readonly Derived[]) =>
  new Set(derived.map((one) => (one.failure ? one.failure : one.rows)));

describe('deriving in several threads', () => {
  let folder: string;
  let threads: DerivingThreads;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'habeas-'));
    const entry = join(folder, 'program.mjs');
    writeFileSync(entry, PROGRAM);
    threads = new DerivingThreads({ entry: pathToFileURL(entry), data: null, threads: 2, here });
  });
  afterEach(async () => {
    await threads.close();
    rmSync(folder, { recursive: true });
  });

  it('gives every key once, in order, and uses all of them', async () => {
    const derived = await threads.derive(keys(1000));
    expect(derived.map(({ key }) => key)).toEqual(keys(1000));
    expect(rowsOf(derived).size).toBe(2);
  });

  it('starts none for a few keys', async () => {
    expect(rowsOf(await threads.derive(keys(3)))).toEqual(new Set(['here']));
  });

  it('passes on that the store is away, which is nobody’s fault', async () => {
    await expect(threads.derive([...keys(200), 'wait'])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'store-unavailable',
    });
  });

  it('fails what a thread was asked that dies, and starts another for the next question', async () => {
    await expect(threads.derive([...keys(200), 'die'])).rejects.toMatchObject({
      kind: 'unavailable',
      code: 'thread-ended',
    });
    expect(await threads.derive(keys(500))).toHaveLength(500);
  });

  it('can be asked again when it was closed', async () => {
    await threads.derive(keys(200));
    await threads.close();
    expect(await threads.derive(keys(200))).toHaveLength(200);
  });
});
