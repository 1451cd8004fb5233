import type { Casebook } from './casebook.js';
import type { Chronicle } from './chronicle.js';
import { compareDays, factDayIn, type WorldDay } from './world.js';

/** Every day on which something about the case can differ from the day before, in order: facts, and terms that run out. */
export function turningDays(book: Casebook, chronicle: Chronicle): WorldDay[] {
  const { world, steps } = chronicle;
  const days = new Set<WorldDay>();
  for (const fact of book.facts) days.add(factDayIn(world.side, fact));
  for (const { from, serving } of steps) {
    days.add(from);
    if (serving.over === undefined) continue;
    days.add(serving.over);
    days.add(serving.over + 1);
  }
  return [...days].sort(compareDays);
}
