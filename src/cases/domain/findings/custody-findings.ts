import type { Bounds } from '../dates/bounds.js';
import type { Day } from '../dates/day.js';
import { openOn } from '../timeline/chronicle.js';
import type { Casebook } from '../timeline/casebook.js';
import { regimeOn, type Reach } from '../timeline/custody.js';
import type { DatedFact } from '../timeline/docket.js';
import type { WorldDay, WorldDetention } from '../timeline/world.js';
import { among } from './among.js';
import { decisionsIn } from './decisions.js';
import { counted, type Evidence, type FindingMaker, type Made } from './finding.js';

const HOURS_PER_DAY = 24;

/** Days held in a detention after its last day that served a sentence; the longest. */
export const heldPastTerm: FindingMaker = (book) =>
  book.sentences.length === 0 || book.detentions.length === 0 ? undefined : pastTermOn;

function pastTermOn({
  chronicle: { world },
  figures: { custody, serving },
  day,
}: Evidence): Made | undefined {
  if (serving.within.size === 0) return undefined;
  // Whoever is still held has days to serve yet where some are outstanding.
  const serves = serving.outstanding > 0 ? openOn(world, day) : undefined;
  const past = new Map<WorldDetention, number>();
  for (const { held, from, to, regime } of custody) {
    const servedUntil = serving.within.get(held);
    if (servedUntil === undefined || held === serves || regime !== 'administrative') continue;
    const days = to - Math.max(from, servedUntil);
    if (days > 0) past.set(held, (past.get(held) ?? 0) + days);
  }
  if (past.size === 0) return undefined;
  return {
    value: Math.max(...past.values()),
    events: [...past.keys()].flatMap(({ detention }) => [
      detention.arrest!.eventId,
      ...detention.ends.map(({ eventId }) => eventId),
    ]),
  };
}

/** Days from actual detention to the first decision, where the dates leave no doubt that the hours allowed were exceeded; the longest. */
export const detainedUndecided: FindingMaker = (book, law) => {
  if (book.of('Arrested').length === 0) return undefined;
  const decisions = decisionsIn(book);
  // Days n apart are more than (n - 1) * 24 hours apart.
  const areTooMany = (days: number): boolean =>
    (days - 1) * HOURS_PER_DAY >= law.undecidedDetentionHours.value;
  return ({ figures, day }) => {
    let longest = 0;
    const events: string[] = [];
    for (const reach of figures.reaches) {
      // Most detentions are too short whatever was decided.
      if (!areTooMany(reach.to - reach.held.start)) continue;
      const days = undecidedDays(reach, decisions, day);
      if (!areTooMany(days)) continue;
      longest = Math.max(longest, days);
      events.push(reach.held.detention.arrest!.eventId);
    }
    return events.length === 0 ? undefined : { value: longest, events };
  };
};

function undecidedDays({ held, to }: Reach, decisions: readonly Bounds[], day: WorldDay): number {
  let until = Math.min(to, criminalFrom(held, day));
  for (const { earliest, latest } of decisions) {
    const from = earliest ?? -Infinity;
    // A decision that may have come in time is no evidence that it did not.
    const inTime = from <= day && held.start <= latest && from <= held.end;
    if (inTime) until = Math.min(until, Math.max(from, held.start));
  }
  return Math.max(0, until - held.start);
}

/** The day the detention first came under the criminal regime; that of its arrest or later. */
function criminalFrom(held: WorldDetention, day: WorldDay): WorldDay {
  if (regimeOn(held, held.start, day).regime === 'criminal') return held.start;
  const change = held.regimes.find(({ from, regime }) => from > held.start && regime === 'criminal');
  return change && change.from <= day ? change.from : Infinity;
}

const followedByArrest = (book: Casebook): DatedFact<'Released'>[] =>
  book.of('Released').filter((release) => arrestsOnDayOf(release, book).length > 0);

function arrestsOnDayOf({ on, data }: DatedFact<'Released'>, { detentions }: Casebook): DatedFact[] {
  if (on.earliest !== on.latest) return [];
  return detentions
    .filter(({ id, arrest }) => id !== data.detentionId && isOn(arrest?.on, on.latest))
    .map(({ arrest }) => arrest!);
}

const isOn = (on: Bounds | undefined, day: Day): boolean => on?.earliest === day && on.latest === day;

/** Let out and arrested again on one day, both days being certain; how often. */
export const rearrestedOnReleaseDay: FindingMaker = among(followedByArrest, (releases, { book }) => {
  const events = releases.flatMap((release) => [release, ...arrestsOnDayOf(release, book)]);
  return { value: releases.length, events: [...new Set(events.map(({ eventId }) => eventId))] };
});

/** A release from a detention whose arrest nobody recorded; how many. */
export const releaseWithoutArrest: FindingMaker = (book) =>
  book.detentions.every(({ arrest }) => arrest) ? undefined : unexplainedReleasesOn;

const unexplainedReleasesOn = ({ chronicle, day }: Evidence): Made | undefined =>
  counted(
    chronicle.world.unexplainedEnds
      .filter(({ on, fact }) => on <= day && fact.type === 'Released')
      .map(({ fact }) => fact),
  );

/** Days that two detentions both claim, as far as the evidence goes. */
export const overlappingDetentions: FindingMaker = (book) =>
  book.detentions.length < 2 ? undefined : overlapOn;

function overlapOn({ figures }: Evidence): Made | undefined {
  const reaches = figures.reaches.filter(({ held, to }) => held.start < to);
  let days = 0;
  const events = new Set<string>();
  for (const [i, a] of reaches.entries()) {
    for (const b of reaches.slice(i + 1)) {
      // They stand in the order of their starts.
      if (b.held.start >= a.to) break;
      const overlap = Math.min(a.to, b.to) - Math.max(a.held.start, b.held.start);
      if (overlap <= 0) continue;
      days += overlap;
      events.add(a.held.detention.arrest!.eventId).add(b.held.detention.arrest!.eventId);
    }
  }
  return days === 0 ? undefined : { value: days, events: [...events] };
}
