import type { Bounds } from '../dates/bounds.js';
import type { Day } from '../dates/day.js';
import { openOn } from '../timeline/chronicle.js';
import type { Casebook } from '../timeline/casebook.js';
import { regimeOn, type Reach } from '../timeline/custody.js';
import type { DatedFact } from '../timeline/docket.js';
import { decisionsBy } from './decisions.js';
import { counted, type FindingMaker } from './finding.js';
import type { WorldDay, WorldDetention } from '../timeline/world.js';

const HOURS_PER_DAY = 24;

/** Days held in a detention after its last day that served a sentence; the longest. */
export const heldPastTerm: FindingMaker = ({ chronicle: { world }, figures: { custody, serving }, day }) => {
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
};

/** Days from actual detention to the first decision, where the dates leave no doubt that the hours allowed were exceeded; the longest. */
export const detainedUndecided: FindingMaker = (evidence) => {
  const { figures, law, day } = evidence;
  const decisions = decisionsBy(evidence);
  const late = figures.reaches
    .map((reach) => ({ held: reach.held, days: undecidedDays(reach, decisions, day) }))
    // Days n apart are more than (n - 1) * 24 hours apart.
    .filter(({ days }) => (days - 1) * HOURS_PER_DAY >= law.undecidedDetentionHours.value);
  if (late.length === 0) return undefined;
  return {
    value: Math.max(...late.map(({ days }) => days)),
    events: late.map(({ held }) => held.detention.arrest!.eventId),
  };
};

function undecidedDays({ held, to }: Reach, decisions: readonly Bounds[], day: WorldDay): number {
  // A decision that may have come in time is no evidence that it did not.
  const decided = decisions
    .filter(({ earliest, latest }) => held.start <= latest && (earliest ?? -Infinity) <= held.end)
    .map(({ earliest }) => Math.max(earliest ?? -Infinity, held.start));
  const until = Math.min(to, criminalFrom(held, day), ...decided);
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
export const rearrestedOnReleaseDay: FindingMaker = ({ book, among }) => {
  const releases = among(followedByArrest);
  const events = releases.flatMap((release) => [release, ...arrestsOnDayOf(release, book)]);
  return releases.length === 0
    ? undefined
    : { value: releases.length, events: [...new Set(events.map(({ eventId }) => eventId))] };
};

/** A release from a detention whose arrest nobody recorded; how many. */
export const releaseWithoutArrest: FindingMaker = ({ chronicle, day }) =>
  counted(
    chronicle.world.unexplainedEnds
      .filter(({ on, fact }) => on <= day && fact.type === 'Released')
      .map(({ fact }) => fact),
  );

/** Days that two detentions both claim, as far as the evidence goes. */
export const overlappingDetentions: FindingMaker = ({ figures }) => {
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
};
