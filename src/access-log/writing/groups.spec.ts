import { describe, expect, it } from '@jest/globals';
import { Groups } from './groups.js';

/** Notes each group it is given, and is done with it when told to. */
class Worker {
  readonly groups: string[][] = [];
  readonly #waiting: { done: () => void; fail: (error: Error) => void }[] = [];

  readonly work = async (items: readonly string[]): Promise<string[]> => {
    this.groups.push([...items]);
    await new Promise<void>((done, fail) => this.#waiting.push({ done, fail }));
    return items.map((item) => item.toUpperCase());
  };

  async finish(error?: Error): Promise<void> {
    // A turn, for what waits to be handed over.
    await new Promise(setImmediate);
    const next = this.#waiting.shift();
    if (error) next?.fail(error);
    else next?.done();
    await new Promise(setImmediate);
  }
}

const LIGHT = { weight: 100, of: () => 1 };

describe('what is worked on in groups', () => {
  it('goes at once, and what comes meanwhile goes together, in order', async () => {
    const worker = new Worker();
    const groups = new Groups(worker.work, LIGHT);
    const first = groups.take('a');
    await new Promise(setImmediate);
    const others = ['b', 'c', 'd'].map((item) => groups.take(item));
    await worker.finish();
    expect(await first).toBe('A');
    await worker.finish();
    expect(await Promise.all(others)).toEqual(['B', 'C', 'D']);
    expect(worker.groups).toEqual([['a'], ['b', 'c', 'd']]);
  });

  it('is no heavier than the limit, but for what is so by itself', async () => {
    const worker = new Worker();
    const groups = new Groups(worker.work, { weight: 3, of: (item) => item.length });
    const all = ['a', 'bb', 'ccccc', 'd'].map((item) => groups.take(item));
    for (let i = 0; i < 3; i += 1) await worker.finish();
    await Promise.all(all);
    expect(worker.groups).toEqual([['a', 'bb'], ['ccccc'], ['d']]);
  });

  it('fails together, and not with the next', async () => {
    const worker = new Worker();
    const groups = new Groups(worker.work, LIGHT);
    const failing = Promise.allSettled([groups.take('a'), groups.take('b')]);
    await worker.finish(new Error('broken'));
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    const next = groups.take('c');
    await worker.finish();
    expect(await next).toBe('C');
  });
});
