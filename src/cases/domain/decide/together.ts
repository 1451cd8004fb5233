import type { Fact } from '../facts/facts.js';
import { evolve, type CaseFile } from '../file/case-file.js';
import { admit } from './admission.js';
import type { DecideContext } from './context.js';
import { asIfRecorded, judgeNew } from './judge.js';
import { kindOf, type OneCaseType } from './kinds/kinds.js';

/** A fact as asked for, unread; `pointer` says where in the request its data stand. */
export interface Asked<T extends OneCaseType = OneCaseType> {
  type: T;
  data: object;
  pointer: string;
}

/** Facts decided as one, each judged as if those before it were recorded. */
export function together(file: CaseFile, asked: readonly Asked[], context: DecideContext): Fact[] {
  const facts: Fact<OneCaseType>[] = [];
  let upToHere = file;
  for (const one of asked) {
    if (facts.length > 0) upToHere = evolve(upToHere, asIfRecorded(facts.at(-1)!, upToHere, context));
    facts.push(decideOne(upToHere, one, context));
  }
  return facts;
}

export function decideOne<T extends OneCaseType>(
  file: CaseFile,
  { type, data, pointer }: Asked<T>,
  context: DecideContext,
): Fact<T> {
  admit(file, type);
  const fact: Fact<T> = { type, data: kindOf(type).reads(data, pointer) };
  const recorded = asIfRecorded(fact, file, context);
  judgeNew({ ...recorded, accounts: recorded.data.sources ?? [] }, { file, law: context.law, pointer });
  return fact;
}
