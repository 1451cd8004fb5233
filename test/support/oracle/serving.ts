import { BEFORE_EVERYTHING, type Day } from './days.js';
import { latestStarted, type Detention, type Group } from './world.js';

/** A detention with the day up to which its days are counted: half-open `[from, until)`. */
export interface Counted {
  detention: Detention;
  until: Day;
}

/** What one day of custody served. The days of an open start are one entry, before everything. */
export interface Served {
  day: Day;
  days: number;
  group: Group;
  detention: Detention;
}

/** The detention that a day of custody is spent in: where two overlap, the one with the latest start. */
export const governing = (day: Day, custody: readonly Counted[]): Detention | null =>
  latestStarted(
    custody.filter(({ detention, until }) => detention.from <= day && day < until).map((c) => c.detention),
  );

/** Walks the days of custody from `start`, a day before every finite date of the case, to the day before `stop`. */
export function serve(
  groups: readonly Group[],
  custody: readonly Counted[],
  start: Day,
  stop: Day,
): Served[] {
  const left = new Map(groups.map((group) => [group, group.days]));
  const log: Served[] = [];

  // An open start has days without number: whatever is credited from there is served there.
  const atTheStart = governing(BEFORE_EVERYTHING, custody);
  if (atTheStart?.regimeOn(BEFORE_EVERYTHING) === 'administrative') {
    for (const group of groups) {
      if (group.credit !== BEFORE_EVERYTHING) continue;
      log.push({ day: BEFORE_EVERYTHING, days: group.days, group, detention: atTheStart });
      left.set(group, 0);
    }
  }

  for (let day = start; day < stop; day++) {
    const detention = governing(day, custody);
    if (detention?.regimeOn(day) !== 'administrative') continue;
    const group = groups.find((candidate) => left.get(candidate) !== 0 && candidate.credit <= day);
    if (!group) continue;
    left.set(group, (left.get(group) ?? 0) - 1);
    log.push({ day, days: 1, group, detention });
  }
  return log;
}

export const daysOf = (log: readonly Served[]): number => log.reduce((sum, entry) => sum + entry.days, 0);

export const toServe = (groups: readonly Group[]): number =>
  groups.reduce((sum, group) => sum + group.days, 0);

/** The day after the last one served. */
export const servedOutOn = (log: readonly Served[]): Day | null =>
  log.length === 0 ? null : Math.max(...log.map((entry) => entry.day)) + 1;

/** All days of custody, each once; infinitely many where a start is open. */
export function daysInCustody(custody: readonly Counted[]): number {
  const days = new Set<Day>();
  for (const { detention, until } of custody) {
    if (detention.from === BEFORE_EVERYTHING && until > BEFORE_EVERYTHING) return Infinity;
    for (let day = detention.from; day < until; day++) days.add(day);
  }
  return days.size;
}
