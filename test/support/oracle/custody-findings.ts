import type { State } from './day-by-day.js';
import type { Day } from './days.js';
import { ofType, type Known } from './known.js';
import { governing } from './serving.js';
import { type Group } from './world.js';

/** The days a detention that served days of a sentence went on, under the administrative regime, after the last of them. */
export function heldPastTerm(state: State): number {
  let most = 0;
  for (const { detention, until } of state.custody) {
    const served = state.log.filter((entry) => entry.detention?.id === detention.id);
    if (served.length === 0) continue;
    if (state.outstanding > 0 && state.open?.id === detention.id) continue;
    const lastServed = Math.max(...served.map(({ day }) => day));
    // A day before everything has no day after it that could be counted.
    let days = 0;
    for (let day = lastServed + 1; day < until; day++) {
      const held = governing(day, state.custody);
      if (held?.id === detention.id && held.regimeOn(day) === 'administrative') days += 1;
    }
    most = Math.max(most, days);
  }
  return most;
}

/** Dates three days apart may be less than 72 hours apart; four are more. */
const MORE_THAN_72_HOURS_IN_DAYS = 4;

/** Whatever may have been decided on a day leaves a doubt from that day on. */
export function detainedUndecided({ custody }: State, known: readonly Known[]): boolean {
  const deciding = [
    ...ofType(known, 'DecisionRendered').filter(({ data }) => data.outcome !== 'returned'),
    ...ofType(known, 'Sentenced'),
    ...ofType(known, 'Fined'),
  ];
  const perhapsDecided = (day: Day): boolean =>
    deciding.some(({ bounds }) => bounds.earliest <= day && day <= bounds.latest);
  return custody.some(({ detention, until }) => {
    let days = 0;
    for (let day = detention.from; day < until; day++) {
      if (perhapsDecided(day) || detention.regimeOn(day) === 'criminal') break;
      days += 1;
    }
    return days >= MORE_THAN_72_HOURS_IN_DAYS;
  });
}

/** The longest row of sentences, in serving order, each recorded as consecutive or begun as the one before ended. */
export function longestRun(state: State): number {
  const groupOf = (sentence: State['sentences'][number]): Group | undefined =>
    state.groups.find((group) => group.sentences.includes(sentence));
  const daysOf = (group: Group | undefined): Day[] =>
    state.log.filter((entry) => entry.group === group).map((entry) => entry.day);

  let run = 0;
  let longest = 0;
  let before: State['sentences'][number] | null = null;
  for (const sentence of state.sentences) {
    let linked = false;
    if (before) {
      const earlier = groupOf(before);
      const served = daysOf(earlier);
      const own = daysOf(groupOf(sentence));
      const ended = served.length === earlier?.days ? Math.max(...served) + 1 : null;
      // The day before and the day itself are both of custody: one uninterrupted stretch.
      linked = sentence.fact.data.runs === 'consecutive' || (ended !== null && Math.min(...own) === ended);
    }
    run = linked ? run + 1 : 1;
    longest = Math.max(longest, run);
    before = sentence;
  }
  return longest;
}

export function rearrestedOnReleaseDay(facts: readonly Known[]): boolean {
  const exact = ({ bounds }: Known): boolean => bounds.earliest === bounds.latest;
  return ofType(facts, 'Released').some((release) =>
    ofType(facts, 'Arrested').some(
      (arrest) =>
        arrest.data.detentionId !== release.data.detentionId &&
        exact(arrest) &&
        exact(release) &&
        arrest.bounds.earliest === release.bounds.earliest,
    ),
  );
}

/** Two detentions count one and the same day. */
export const overlap = ({ custody }: State): boolean =>
  custody.some((one) =>
    custody.some(
      (other) =>
        one.detention.id < other.detention.id &&
        Math.max(one.detention.from, other.detention.from) < Math.min(one.until, other.until),
    ),
  );
