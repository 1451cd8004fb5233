import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { derive } from '../../src/cases/domain/timeline/derive.js';
import { docketOf } from '../../src/cases/domain/timeline/docket.js';
import type { CaseAnswer } from '../../src/cases/queries/case-answer.js';
import type { Change } from '../../src/cases/queries/changes.js';
import type { CaseReplay } from '../../src/cases/queries/replay-case.js';
import { freshFile } from '../support/databases.js';
import { day, LAW } from '../support/derived.js';
import { CASEWORKER, ReadSide } from '../support/read-side.js';
import { DAYS, stories } from '../support/stories.js';
import { Telling } from '../support/telling.js';

const RUNS = { numRuns: 150 };
const MINUTES = 300_000;

let side: ReadSide;
beforeAll(async () => {
  side = await ReadSide.start(freshFile);
});
afterAll(() => side.stop());

/** What is asked of a case: as of the day, as known at the instant. */
type Ask = (caseId: string, asOf: string, knownAt: string) => Promise<unknown>;

/** A question that is settled, and what was answered when it first was. */
interface Answered {
  ask: () => Promise<unknown>;
  first: unknown;
}

/** Asks, after a move, all that is settled by then, of every case. */
class Asking extends Telling {
  readonly answered: Answered[] = [];

  async look(ask: Ask): Promise<void> {
    const knownAt = new Date(side.clock.now().getTime() - 5_000).toISOString();
    for (const [n, caseId] of this.cases.entries()) {
      const asked = (): Promise<unknown> => ask(caseId, DAYS[n % DAYS.length]!, knownAt);
      this.answered.push({ ask: asked, first: await asked() });
    }
  }
}

/** To whom a case is restricted is a matter of today. */
function withoutReaders(answer: CaseAnswer): object {
  const { restrictedTo: _, ...rest } = answer;
  return rest;
}

const theCase: Ask = async (caseId, asOf, knownAt) => {
  const history = await side.histories.load(caseId, { knownAt });
  const [answer] = await side.past.answers(CASEWORKER, [history && { history, knownAt }], day(asOf));
  return answer && withoutReaders(answer);
};

const neverChanges = (ask: Ask, most = 14) =>
  fc.asyncProperty(stories(most), async (moves) => {
    const telling = new Asking(side);
    for (const move of moves) {
      if (move.kind === 'wait') side.clock.forward(move.seconds);
      else await telling.move(move);
      if (move.kind === 'wait') await telling.look(ask);
    }
    const now = [];
    for (const { ask: again } of telling.answered) now.push(await again());
    expect(now).toEqual(telling.answered.map(({ first }) => first));
  });

const failing = async (ask: Ask): Promise<boolean> =>
  (await fc.check(neverChanges(ask), { ...RUNS, endOnFailure: true })).failed;

describe('an answer as of a day, as known at an instant, whatever is recorded afterwards', () => {
  it('never changes', () => fc.assert(neverChanges(theCase), { ...RUNS, endOnFailure: true }), MINUTES);

  it(
    'never changes in a list either',
    () =>
      fc.assert(
        neverChanges(async (_, asOf, knownAt) => {
          const question = { asOf, knownAt, limit: 3 };
          const [all, some] = [await side.list(question), await side.list({ ...question, role: 'lawyer' })];
          return [all, some].map(({ items, next }) => [items.map(withoutReaders), next]);
        }, 8),
        { numRuns: 10, endOnFailure: true },
      ),
    MINUTES,
  );

  it('would be seen to change: if it were what is known now', async () => {
    expect(await failing((caseId, asOf) => theCase(caseId, asOf, side.clock.now().toISOString()))).toBe(true);
  });

  it('would be seen to change: if later merges counted', async () => {
    const cut: Ask = async (caseId, asOf, knownAt) => {
      const history = await side.histories.load(caseId);
      const known = history!.recorded.filter(({ recordedAt }) => recordedAt <= knownAt);
      return derive(docketOf(history!.caseId, known, LAW), day(asOf), LAW);
    };
    expect(await failing(cut)).toBe(true);
  });

  it('would be seen to change: if the newest change came first', async () => {
    const newest: Ask = async (_, asOf) =>
      (await side.list({ asOf, limit: 3 })).items.map(({ caseId }) => caseId);
    expect(await failing(newest)).toBe(true);
  });
});

/** The case without what is different with every event. */
function comparable(answer: CaseAnswer | null | undefined): Record<string, unknown> {
  const { revision: _r, position: _p, knownAt: _k, ...rest } = answer ?? ({} as CaseAnswer);
  return structuredClone(rest);
}

/** What comes of the case before with the changes put in their places; taken away is from the last to the first. */
function changed(before: Record<string, unknown>, changes: readonly Change[]): Record<string, unknown> {
  const inOrder = [
    ...changes.filter((change) => 'after' in change),
    ...changes.filter((change) => !('after' in change)).toReversed(),
  ];
  for (const { pointer, after } of inOrder) {
    const path = pointer.split('/').slice(1);
    const last = path.pop()!;
    const place = path.reduce((value, part) => value[part] as Record<string, unknown>, before);
    if (after !== undefined) place[last] = structuredClone(after);
    else if (Array.isArray(place)) place.pop();
    else delete place[last];
  }
  return before;
}

describe('every step of a replay', () => {
  it(
    'is what was known right after it, and says all that changed',
    () =>
      fc.assert(
        fc.asyncProperty(stories(14), fc.constantFrom(...DAYS), async (moves, asOf) => {
          const telling = new Asking(side);
          for (const move of moves) await telling.move(move);
          for (const asked of telling.cases) {
            const { caseId, items }: CaseReplay = await side.replay(asked, { asOf, limit: 50 });
            for (const [n, step] of items.entries()) {
              const before = comparable(items[n - 1]?.case);
              expect(changed(before, step.changed)).toEqual(comparable(step.case));
              const knownAt = step.case?.knownAt ?? step.event.recordedAt;
              // Between two events of one instant nobody can ask.
              if (knownAt === items[n + 1]?.event.recordedAt) continue;
              const history = await side.histories.load(caseId, { knownAt });
              const there = history && { history, knownAt };
              const [then = null] = await side.past.answers(CASEWORKER, [there], day(asOf));
              expect(step.case).toEqual(then);
            }
          }
        }),
        { numRuns: 60, endOnFailure: true },
      ),
    MINUTES,
  );
});
