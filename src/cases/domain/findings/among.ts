import type { Law } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
import type { DatedFact } from '../timeline/docket.js';
import { compareDays, factDayIn, type WorldDay } from '../timeline/world.js';
import { counted, type Evidence, type FindingMaker, type Made } from './finding.js';

/**
 * A finding that some facts of a case make. They are chosen once, whatever the day, so that a case without any costs nothing;
 * `make` is given those that have happened by the day, at least one, in the order of their days.
 */
export const among =
  <F extends DatedFact>(
    choose: (book: Casebook, law: Law) => readonly F[],
    make: (facts: readonly F[], evidence: Evidence) => Made | undefined = counted,
  ): FindingMaker =>
  (book, law) => {
    const chosen = choose(book, law);
    if (chosen.length === 0) return undefined;
    const facts = chosen.toSorted((a, b) => compareDays(dayOf(a), dayOf(b)));
    return (evidence) => {
      const happened = factsBy(facts, evidence.day);
      return happened.length === 0 ? undefined : make(happened, evidence);
    };
  };

const dayOf = (fact: DatedFact): WorldDay => factDayIn('narrow', fact);

const NONE: readonly never[] = [];

function factsBy<F extends DatedFact>(facts: readonly F[], day: WorldDay): readonly F[] {
  if (dayOf(facts.at(-1)!) <= day) return facts;
  const later = facts.findIndex((fact) => dayOf(fact) > day);
  return later === 0 ? NONE : facts.slice(0, later);
}
