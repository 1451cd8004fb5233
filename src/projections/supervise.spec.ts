import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { supervise } from './supervise.js';

const LONGEST_MS = 10_000;

describe('work that is supervised', () => {
  let end: AbortController;
  let told: unknown[];

  beforeEach(() => {
    jest.useFakeTimers();
    end = new AbortController();
    told = [];
  });
  afterEach(() => {
    end.abort();
    jest.useRealTimers();
  });

  const supervised = (work: (success: () => void) => Promise<'done' | 'again'>): Promise<void> =>
    supervise(work, { signal: end.signal, onTrouble: (error) => told.push(error) });

  it('is begun again at least every ten seconds, however long it has failed', async () => {
    void supervised(() => Promise.reject(new Error('nobody is there')));
    await jest.advanceTimersByTimeAsync(600_000);
    const before = told.length;
    await jest.advanceTimersByTimeAsync(10 * LONGEST_MS);
    expect(told.length - before).toBe(10);
  });

  it('is begun again soon when it fails after a success', async () => {
    let succeeds = false;
    void supervised((success) => {
      if (succeeds) success();
      succeeds = false;
      return Promise.reject(new Error('nobody is there'));
    });
    await jest.advanceTimersByTimeAsync(600_000);
    const before = told.length;
    succeeds = true;
    await jest.advanceTimersByTimeAsync(LONGEST_MS);
    expect(told.length - before).toBeGreaterThan(3);
  });

  it('ends when it is done, and when it is to end', async () => {
    await supervised(() => Promise.resolve('done'));
    const ended = supervised(() => Promise.reject(new Error('nobody is there')));
    await jest.advanceTimersByTimeAsync(1_000);
    end.abort();
    await ended;
    expect(told.length).toBeGreaterThan(0);
  });

  it('that is cut short by its end is no trouble; what else fails at the end is', async () => {
    const cut = supervised(async () => {
      end.abort();
      end.signal.throwIfAborted();
      return 'done';
    });
    await cut;
    expect(told).toEqual([]);
    end = new AbortController();
    await supervised(() => {
      end.abort();
      return Promise.reject(new Error('nobody is there'));
    });
    expect(told).toHaveLength(1);
  });
});
