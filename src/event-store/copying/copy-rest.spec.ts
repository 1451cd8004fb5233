import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  anyContent,
  crossing,
  fill,
  quietly,
  withoutPositions,
  type Content,
} from '../../../test/support/copies.js';
import { FailingStore, Killed, type AppendFate } from '../../../test/support/failing-store.js';
import { failureOf, newEvent, newEvents } from '../../../test/support/store-events.js';
import { InvalidAppend, OutcomeUnknown, RevisionConflict, StoreUnavailable } from '../errors.js';
import type { EventStore } from '../event-store.js';
import { compareStores } from './compare-stores.js';
import { copyRest } from './copy-rest.js';
import type { Watch } from './watch.js';

const storeOf = (content: Content): Promise<FailingStore> => fill(new FailingStore(), content);

/** One run: what is there is looked at, and what is missing copied. */
const run = async (source: EventStore, target: EventStore, watch: Watch = quietly()): Promise<number> =>
  copyRest(source, target, await compareStores(source, target, watch), watch);

/** Runs until one is not killed. */
async function runAgainAndAgain(source: EventStore, target: EventStore): Promise<void> {
  for (;;) {
    try {
      return void (await run(source, target));
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
    }
  }
}

const fates: fc.Arbitrary<AppendFate[]> = fc.array(
  fc.constantFrom(
    'stored',
    'stored',
    'refused',
    'lost before',
    'lost after',
    'killed before',
    'killed after',
  ),
  { maxLength: 40 },
);

describe('copying a store', () => {
  it('makes the same one, whatever it held, and wherever it was killed or left in doubt', () =>
    fc.assert(
      fc.asyncProperty(anyContent, fates, async (content, fates) => {
        const [source, target] = [await storeOf(content), new FailingStore()];
        target.fates.push(...fates);
        await runAgainAndAgain(source, target);
        expect(await withoutPositions(target)).toEqual(await withoutPositions(source));
        expect((await compareStores(source, target, quietly())).difference).toBeUndefined();
      }),
      { numRuns: 300 },
    ));

  it('goes on behind any beginning', () =>
    fc.assert(
      fc.asyncProperty(anyContent, fc.nat(), async (content, cut) => {
        const there = content.slice(0, content.length === 0 ? 0 : cut % content.length);
        const [source, target] = [await storeOf(content), await storeOf(there)];
        const before = there.flatMap(([, events]) => events).length;
        const all = content.flatMap(([, events]) => events).length;
        expect(await run(source, target)).toBe(all - before);
        expect(await withoutPositions(target)).toEqual(await withoutPositions(source));
        expect(await run(source, target)).toBe(0);
      }),
    ));

  it('sends what belongs together in one append, and never waits for nothing', async () => {
    const target = new FailingStore();
    await run(await storeOf(crossing()), target);
    expect(target.sizes).toEqual([3, 1, 1, 2, 2, 1]);
  });

  it('may be done twice at once', async () => {
    const content: Content = Array.from({ length: 60 }, (_, n) => [`case-${n % 7}`, newEvents(1 + (n % 3))]);
    const [source, target] = [await storeOf(content), new FailingStore()];
    await Promise.all([run(source, target), run(source, target)]);
    expect(await withoutPositions(target)).toEqual(await withoutPositions(source));
  });

  it('writes nothing behind something else than a beginning', async () => {
    const source = await storeOf(crossing());
    const target = await storeOf([...crossing(), ['case-x', newEvents(1)]]);
    const before = await withoutPositions(target);
    expect(await failureOf(run(source, target))).toBeInstanceOf(TypeError);
    expect(await withoutPositions(target)).toEqual(before);
  });
});

describe('a copy that cannot go on', () => {
  it.each([
    ['refused', StoreUnavailable],
    ['lost before', OutcomeUnknown],
    ['lost after', OutcomeUnknown],
  ] as const)('because appends are %s says so, and how far it came', async (fate, kind) => {
    const [source, target] = [await storeOf(crossing()), new FailingStore()];
    target.fates.push('stored', 'stored', ...Array.from({ length: 50 }, () => fate));
    const failure = await failureOf(run(source, target, quietly({ patience: { forMs: 0, everyMs: 0 } })));
    expect(failure).toMatchObject({
      name: 'AppendFailed',
      done: 4,
      group: { stream: 'case-a', expected: 2 },
    });
    expect((failure as Error).cause).toBeInstanceOf(kind);
    target.fates.length = 0;
    await run(source, target);
    expect(await withoutPositions(target)).toEqual(await withoutPositions(source));
  });

  it('because somebody else writes to one of its streams ends there', async () => {
    const [source, target] = [await storeOf(crossing()), new FailingStore()];
    let appends = 0;
    target.onAppend = () => {
      appends += 1;
      if (appends === 3) void target.append('case-a', [newEvent()], 2);
    };
    const failure = await failureOf(run(source, target));
    expect((failure as Error).cause).toBeInstanceOf(RevisionConflict);
    expect(appends).toBe(4);
    expect((await compareStores(source, target, quietly())).difference?.place).toBe(5);
  });

  it('because an append is refused for good names it', async () => {
    const [source, target] = [await storeOf(crossing()), new FailingStore()];
    const refusal = new InvalidAppend('it is larger than the server takes');
    target.append = () => Promise.reject(refusal);
    expect(await failureOf(run(source, target))).toMatchObject({ cause: refusal, done: 0 });
  });

  it('ends after the append in hand when it is told to', async () => {
    const [source, target] = [await storeOf(crossing()), new FailingStore()];
    const controller = new AbortController();
    let appends = 0;
    target.onAppend = () => {
      appends += 1;
      if (appends === 3) controller.abort();
    };
    const shown: number[] = [];
    const watch = quietly({ show: (done) => shown.push(done), signal: controller.signal });
    expect(await failureOf(run(source, target, watch))).toBe(controller.signal.reason);
    expect(target.sizes).toEqual([3, 1, 1]);
    expect(shown.at(-1)).toBe(5);
  });
});
