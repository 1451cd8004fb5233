import { Caseworker, newId } from '../../support/caseworker.js';
import { seededRandom } from '../../support/random.js';
import { Caller } from './caller.js';
import type { Journal } from './journal.js';
import { oneOf, type Member } from './members.js';

export interface WorkParts {
  members: readonly Member[];
  callersEach: number;
  cases: number;
  operations: number;
  seed: number;
  journal: Journal;
  /** After each operation. */
  onDone?: () => void;
}

/** What was worked on, and those who did. */
export interface Work {
  cases: readonly string[];
  callers: readonly Caller[];
}

/** Opens cases, and lets all callers work on them at once until so many operations are done. */
export async function work(parts: WorkParts): Promise<Work> {
  const cases = Array.from({ length: parts.cases }, newId);
  const callers = await callersAt(parts, cases);
  await Promise.all(cases.map(async (caseId, n) => callers[n % callers.length]?.open(caseId)));
  let begun = 0;
  const work = async (caller: Caller): Promise<void> => {
    while (begun < parts.operations) {
      begun += 1;
      await caller.operation();
      parts.onDone?.();
    }
  };
  await Promise.all(callers.map(work));
  return { cases, callers };
}

/** Each with a key of its own. */
async function callersAt(parts: WorkParts, cases: readonly string[]): Promise<Caller[]> {
  const { members, callersEach, seed, journal } = parts;
  const homes = members.flatMap((home) => Array.from({ length: callersEach }, () => home));
  return Promise.all(
    homes.map(async (home, n) => {
      const random = seededRandom(seed * homes.length + n);
      const caseworker = await Caseworker.joining(oneOf(members, random, { rather: home }).service);
      return new Caller({ name: `${home.name}.${n}`, caseworker, home, members, journal, random, cases });
    }),
  );
}
