import type { FactType } from '../facts/facts.js';
import type { Law } from '../law/law.js';
import type { Casebook } from '../timeline/casebook.js';
import type { Chronicle } from '../timeline/chronicle.js';
import type { DatedFact } from '../timeline/docket.js';
import type { WorldFigures } from '../timeline/figures.js';
import { factDayIn, type WorldDay } from '../timeline/world.js';
import type { Evidence } from './finding.js';

type Choice = (book: Casebook, law: Law) => readonly DatedFact[];

/** Evidence for every day of a case: what does not depend on the day is chosen once, and put in the order of days. */
export function evidenceOf(
  book: Casebook,
  chronicle: Chronicle,
  law: Law,
): (figures: WorldFigures, day: WorldDay) => Evidence {
  const byType = new Map<FactType, Timed>();
  const chosen = new Map<Choice, Timed>();
  return (figures, day) => ({
    book,
    chronicle,
    figures,
    law,
    day,
    by: <T extends FactType>(type: T) =>
      factsBy(
        kept(byType, type, () => book.of<FactType>(type)),
        day,
      ) as readonly DatedFact<T>[],
    among: <F extends DatedFact>(choose: (book: Casebook, law: Law) => readonly F[]) =>
      factsBy(
        kept(chosen, choose, () => choose(book, law)),
        day,
      ) as readonly F[],
  });
}

interface Timed {
  facts: readonly DatedFact[];
  /** The day of each in the narrow world; facts and days ascend together. */
  days: readonly WorldDay[];
}

function kept<K>(cache: Map<K, Timed>, key: K, facts: () => readonly DatedFact[]): Timed {
  let timed = cache.get(key);
  if (!timed) {
    const ordered = facts()
      .map((fact) => ({ fact, on: factDayIn('narrow', fact) }))
      .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
    timed = { facts: ordered.map(({ fact }) => fact), days: ordered.map(({ on }) => on) };
    cache.set(key, timed);
  }
  return timed;
}

function factsBy({ facts, days }: Timed, day: WorldDay): readonly DatedFact[] {
  if (days.length === 0 || days.at(-1)! <= day) return facts;
  const later = days.findIndex((on) => on > day);
  return facts.slice(0, later);
}
