import fc from 'fast-check';
import type { RecordedFact } from '../../../src/cases/domain/facts/facts.js';
import { THE_NEW_CODE, THE_NEW_ROUBLE, THE_WINTER, type Era } from './arbitrary-dates.js';
import { ordinaryCourses } from './arbitrary-courses.js';
import { plans } from './arbitrary-plans.js';
import { assemble } from './assemble.js';
import { boundsOf, showDay } from './days.js';
import { knownFacts } from './known.js';

/** Of one to so many facts, the opening of the case not counted. */
const MOST_FACTS = 14;

export const historiesOf = (era: Era): fc.Arbitrary<RecordedFact[]> =>
  fc
    .tuple(
      fc.oneof(
        { withCrossShrink: true },
        { weight: 1, arbitrary: fc.constant([]) },
        { weight: 2, arbitrary: ordinaryCourses(era) },
      ),
      fc.array(plans(era), { minLength: 1, maxLength: 9, size: 'max' }),
      fc.constantFrom(60, 150, 0),
    )
    .map(([course, planned, daysLater]) =>
      assemble([...course, ...planned], era.start + daysLater).slice(0, MOST_FACTS + 1),
    );

/** Case histories as the service could have recorded them, in the order of recording; shrinks to few plain facts. */
export const histories: fc.Arbitrary<RecordedFact[]> = fc.oneof(
  { weight: 10, arbitrary: historiesOf(THE_WINTER) },
  { weight: 1, arbitrary: historiesOf(THE_NEW_ROUBLE) },
  { weight: 1, arbitrary: historiesOf(THE_NEW_CODE) },
);

export interface Question {
  facts: RecordedFact[];
  /** YYYY-MM-DD, mostly on or beside a day on which something changes. */
  asOf: string;
}

export const questions: fc.Arbitrary<Question> = fc
  .tuple(histories, fc.nat(40), fc.oneof({ weight: 6, arbitrary: fc.integer({ min: -1, max: 2 }) }, around()))
  .map(([facts, n, days]) => {
    const dates = interestingDays(facts);
    const date = dates[n % dates.length] ?? 0;
    return { facts, asOf: showDay(date + days) ?? '' };
  });

function around(): fc.WeightedArbitrary<number> {
  return { weight: 2, arbitrary: fc.integer({ min: 3, max: 60 }) };
}

/** The ends of every bounds in the history, those of facts since corrected or voided too. */
function interestingDays(facts: readonly RecordedFact[]): number[] {
  const days = new Set<number>();
  for (const { bounds } of knownFacts(facts)) days.add(bounds.earliest).add(bounds.latest);
  for (const fact of facts) {
    const { earliest, latest } = boundsOf(fact.data.at, [], THE_WINTER.start);
    days.add(earliest).add(latest);
  }
  return [...days].filter(Number.isFinite).sort((a, b) => a - b);
}
