import type { Casebook } from './casebook.js';
import type { Chronicle, Step } from './chronicle.js';
import { compareDays, factDayIn, type WorldDay } from './world.js';

/** Every day on which something about the case can differ from the day before: facts, and terms that run out. */
export function turningDays(book: Casebook, chronicle: Chronicle): Set<WorldDay> {
  const days = new Set(factDays(book, chronicle));
  for (const step of chronicle.steps) for (const day of daysOf(step)) days.add(day);
  return days;
}

/** The same in order from a day backwards, for whoever stops early: what lies further back is not worked out. */
export function* turningDaysBefore(book: Casebook, chronicle: Chronicle, day: WorldDay): Generator<WorldDay> {
  const facts = [...new Set(factDays(book, chronicle))].filter((on) => on <= day).sort(compareDays);
  let until = day;
  for (const step of chronicle.steps.toReversed()) {
    if (step.from > day) continue;
    const own = [...new Set([...daysOf(step), ...takeFrom(facts, step.from)])];
    const within = own.filter((on) => step.from <= on && on <= until).sort(compareDays);
    yield* within.reverse();
    // The day the next step begins on is that step's.
    until = step.from - 1;
  }
  yield* facts.reverse();
}

const factDays = ({ facts }: Casebook, { world }: Chronicle): WorldDay[] =>
  facts.map((fact) => factDayIn(world.side, fact));

function daysOf({ from, serving }: Step): WorldDay[] {
  const { over } = serving();
  return over === undefined ? [from] : [from, over, over + 1];
}

/** Takes the days from one on from the end of an ascending list. */
function takeFrom(days: WorldDay[], from: WorldDay): WorldDay[] {
  const first = days.findIndex((on) => on >= from);
  return first < 0 ? [] : days.splice(first);
}
