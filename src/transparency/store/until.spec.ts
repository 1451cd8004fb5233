import { describe, expect, it } from '@jest/globals';
import { until } from './until.js';

const NEVER = new AbortController().signal;

describe('what is read until a signal', () => {
  /** Gives these, and then waits for what is to come. `left`: whoever read it has gone. */
  function reading(given: number[], toCome: Promise<unknown>) {
    const seen: number[] = [];
    let left = false;
    async function* all(): AsyncGenerator<number> {
      try {
        yield* given;
        await toCome;
      } finally {
        left = true;
      }
    }
    const read = async (signal: AbortSignal): Promise<void> => {
      for await (const one of until(signal, all())) seen.push(one);
    };
    return { read, seen, left: () => left };
  }

  it('is all there is where no signal comes', async () => {
    const { read, seen, left } = reading([1, 2, 3], Promise.resolve());
    await read(NEVER);
    expect([seen, left()]).toEqual([[1, 2, 3], true]);
  });

  it('ends with its reason, also while it waits for what may never come, and is let go when that comes', async () => {
    const coming = Promise.withResolvers<void>();
    const end = new AbortController();
    const { read, seen, left } = reading([1, 2], coming.promise);
    const ended = read(end.signal);
    while (seen.length < 2) await Promise.resolve();
    end.abort('enough');
    await expect(ended).rejects.toBe('enough');
    expect([seen, left()]).toEqual([[1, 2], false]);
    coming.resolve();
    await coming.promise;
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    expect(left()).toBe(true);
  });

  it('is not begun after the signal', async () => {
    const { read, seen } = reading([1], Promise.resolve());
    await expect(read(AbortSignal.abort('enough'))).rejects.toBe('enough');
    expect(seen).toEqual([]);
  });

  it('fails as it fails, and afterwards nobody hears of it', async () => {
    const failing = Promise.withResolvers<void>();
    const end = new AbortController();
    const one = reading([], failing.promise);
    const [heard, unheard] = [one.read(NEVER), reading([], failing.promise).read(end.signal)];
    end.abort('enough');
    await expect(unheard).rejects.toBe('enough');
    failing.reject(new Error('the store is away'));
    await expect(heard).rejects.toThrow('the store is away');
  });

  it('is let go by whoever has seen enough', async () => {
    const left: string[] = [];
    async function* all(): AsyncGenerator<number> {
      try {
        for (let n = 0; ; n += 1) yield n;
      } finally {
        await Promise.resolve();
        left.push('left');
      }
    }
    for await (const _ of until(NEVER, all())) break;
    expect(left).toEqual(['left']);
  });
});
