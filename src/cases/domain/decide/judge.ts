import type { Fact, RecordedFact } from '../facts/facts.js';
import type { CaseFile } from '../file/case-file.js';
import type { FactInForce } from '../file/facts-in-force.js';
import type { DecideContext } from './context.js';
import { kindOf, type OneCaseType } from './kinds/kinds.js';
import { ownIdIsFree } from './rules/known.js';
import type { Bench } from './rules/rule.js';

/** What was decided, as it will read once it is recorded after all else in the file. */
export function asIfRecorded<T extends OneCaseType>(
  fact: Fact<T>,
  file: CaseFile,
  { recordedAt, by }: DecideContext,
): RecordedFact<T> {
  const revision = file.revision + 1;
  return {
    ...fact,
    eventId: `undecided-${revision}`,
    caseId: file.caseId ?? '',
    revision,
    recordedAt,
    recordedBy: by.principalId,
  };
}

/** Throws a Refusal if a new fact, or one that is to stand again, cannot stand beside those of the file. */
export function judgeNew<T extends OneCaseType>(fact: FactInForce<T>, bench: Bench): void {
  ownIdIsFree(fact as FactInForce, bench);
  for (const rule of kindOf(fact.type).stands ?? []) rule(fact, bench);
  judgeWhatItSays(fact, bench);
}

/** The same for a fact whose ids are those of before, such as a corrected one. */
export function judgeWhatItSays<T extends OneCaseType>(fact: FactInForce<T>, bench: Bench): void {
  for (const rule of kindOf(fact.type).says ?? []) rule(fact, bench);
}
