import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../../test/support/eventually.js';
import { StoreFull } from '../errors.js';
import { AppendQueue, type Writes } from './append-queue.js';
import type { GroupOutcome, Work } from './group-commit.js';

/** A file that does what it is told; what it was given is there to be looked at. */
class FakeFile implements Writes {
  readonly groups: number[] = [];
  outcomes: (() => GroupOutcome)[] = [];
  reopening: (inDoubt: readonly Work[]) => ReturnType<Writes['reopen']> = async () => new Set();
  tidying = (): void => undefined;

  commit(group: readonly Work[]): GroupOutcome {
    this.groups.push(group.length);
    return (this.outcomes.shift() ?? committed)();
  }

  tidy(): void {
    this.tidying();
  }

  reopen(inDoubt: readonly Work[]): ReturnType<Writes['reopen']> {
    return this.reopening(inDoubt);
  }
}

const committed = (): GroupOutcome => ({ kind: 'committed' });
const error = new Error('what SQLite said');
const refused = (): GroupOutcome => ({ kind: 'refused', error: new StoreFull() });
const busy = (): GroupOutcome => ({ kind: 'busy', error });
const faulty = (inDoubt: boolean) => (): GroupOutcome => ({ kind: 'faulty', error, inDoubt });

/** Someone who appends. `answered` settles as the append does. */
class Caller implements Work {
  settle: () => void = () => undefined;
  reject: (error: unknown) => void = () => undefined;
  readonly answered = new Promise<void>((resolve, reject) => {
    this.settle = resolve;
    this.reject = reject;
  });

  run(): void {}

  isStored(): boolean {
    return false;
  }
}

function callers(queue: AppendQueue, count: number): Caller[] {
  const all = Array.from({ length: count }, () => new Caller());
  for (const caller of all) queue.add(caller);
  return all;
}

const outcomesOf = async (all: readonly Caller[]) =>
  (await Promise.allSettled(all.map(({ answered }) => answered))).map((outcome) =>
    outcome.status === 'fulfilled' ? 'stored' : String(outcome.reason.name),
  );

describe('the queue of appends', () => {
  it('commits what comes in one turn of the event loop together', async () => {
    const file = new FakeFile();
    const all = callers(new AppendQueue(file), 64);
    expect(await outcomesOf(all)).toEqual(Array(64).fill('stored'));
    expect(file.groups).toEqual([64]);
  });

  it('makes several groups of very many', async () => {
    const file = new FakeFile();
    await outcomesOf(callers(new AppendQueue(file), 600));
    expect(file.groups).toEqual([256, 256, 88]);
  });

  it('refuses a group for which there is no room, and takes the next', async () => {
    const file = new FakeFile();
    file.outcomes = [refused];
    const queue = new AppendQueue(file);
    expect(await outcomesOf(callers(queue, 2))).toEqual(['StoreFull', 'StoreFull']);
    expect(await outcomesOf(callers(queue, 1))).toEqual(['stored']);
  });

  it('tries again while another process writes, and keeps the order', async () => {
    const file = new FakeFile();
    file.outcomes = [busy, busy];
    const queue = new AppendQueue(file);
    const order: number[] = [];
    const all = callers(queue, 3);
    for (const [index, { answered }] of all.entries()) void answered.then(() => order.push(index));
    await outcomesOf(all);
    expect(order).toEqual([0, 1, 2]);
    expect(file.groups).toEqual([3, 3, 3]);
  });

  it('tells those in doubt that nothing was written, once the re-opened file shows it', async () => {
    const file = new FakeFile();
    file.outcomes = [faulty(true)];
    const queue = new AppendQueue(file);
    expect(await outcomesOf(callers(queue, 2))).toEqual(['StoreUnavailable', 'StoreUnavailable']);
    expect(await outcomesOf(callers(queue, 1))).toEqual(['stored']);
  });

  it('gives those in doubt their answer, if the re-opened file holds it', async () => {
    const file = new FakeFile();
    file.outcomes = [faulty(true)];
    file.reopening = async (inDoubt) => new Set(inDoubt);
    expect(await outcomesOf(callers(new AppendQueue(file), 2))).toEqual(['stored', 'stored']);
  });

  it('leaves the outcome unknown if the file cannot be re-opened, and goes on trying', async () => {
    const file = new FakeFile();
    file.outcomes = [faulty(true)];
    const attempts: (() => ReturnType<Writes['reopen']>)[] = [() => Promise.reject(new StoreFull())];
    file.reopening = () => (attempts.shift() ?? (async () => new Set<Work>()))();
    const queue = new AppendQueue(file);
    expect(await outcomesOf(callers(queue, 2))).toEqual(['OutcomeUnknown', 'OutcomeUnknown']);
    expect(await outcomesOf(callers(queue, 1))).toEqual(['StoreFull']);
    await eventually(async () => (await outcomesOf(callers(queue, 1)))[0] === 'stored');
    expect(file.groups).toEqual([2, 1]);
  });

  it('stands still when tidying up shows a fault, without doubt about what is written', async () => {
    const file = new FakeFile();
    const faults = [error];
    file.tidying = () => {
      const fault = faults.pop();
      if (fault) throw fault;
    };
    let reopened = 0;
    file.reopening = async (inDoubt) => {
      reopened += 1;
      expect(inDoubt).toEqual([]);
      return new Set();
    };
    const queue = new AppendQueue(file);
    expect(await outcomesOf(callers(queue, 2))).toEqual(['stored', 'stored']);
    await eventually(async () => reopened > 0 && (await outcomesOf(callers(queue, 1)))[0] === 'stored');
    expect(reopened).toBe(1);
  });

  it('answers everyone before it closes, and nobody after', async () => {
    const queue = new AppendQueue(new FakeFile());
    const before = callers(queue, 300);
    const closed = queue.close();
    const after = outcomesOf(callers(queue, 1));
    await closed;
    expect(await outcomesOf(before)).toEqual(Array(300).fill('stored'));
    expect(await after).toEqual(['StoreUnavailable']);
  });
});
