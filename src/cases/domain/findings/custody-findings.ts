import type { Bounds } from '../dates/bounds.js';
import type { Day } from '../dates/day.js';
import { openOn } from '../timeline/chronicle.js';
import { regimeOn, type Reach, type Stretch } from '../timeline/custody.js';
import { decisionsBy } from './decisions.js';
import { counted, type FindingMaker } from './finding.js';
import type { WorldDay, WorldDetention } from '../timeline/world.js';

const HOURS_PER_DAY = 24;

const administrativeDays = (custody: readonly Stretch[], held: WorldDetention, from: WorldDay): number =>
  custody
    .filter((stretch) => stretch.held === held && stretch.regime === 'administrative')
    .reduce((days, stretch) => days + Math.max(0, stretch.to - Math.max(stretch.from, from)), 0);

/** Days held in a detention after its last day that served a sentence; the longest. */
export const heldPastTerm: FindingMaker = ({ chronicle: { world }, figures: { custody, serving }, day }) => {
  // Whoever is still held has days to serve yet where some are outstanding.
  const serves = serving.outstanding > 0 ? openOn(world, day) : undefined;
  const past = [...serving.within]
    .filter(([held]) => held !== serves)
    .map(([held, servedUntil]) => ({ held, days: administrativeDays(custody, held, servedUntil) }))
    .filter(({ days }) => days > 0);
  if (past.length === 0) return undefined;
  return {
    value: Math.max(...past.map(({ days }) => days)),
    events: past.flatMap(({ held }) => [
      held.detention.arrest!.eventId,
      ...held.detention.ends.map(({ eventId }) => eventId),
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

/** Let out and arrested again on one day, both days being certain; how often. */
export const rearrestedOnReleaseDay: FindingMaker = ({ book, day }) => {
  let value = 0;
  const events = new Set<string>();
  for (const { id, ends } of book.detentions) {
    for (const { type, on, eventId } of ends) {
      if (type !== 'Released' || on.earliest !== on.latest || on.latest > day) continue;
      const again = book.detentions.filter((other) => other.id !== id && isOn(other.arrest?.on, on.latest));
      if (again.length === 0) continue;
      value += 1;
      events.add(eventId);
      for (const { arrest } of again) events.add(arrest!.eventId);
    }
  }
  return value === 0 ? undefined : { value, events: [...events] };
};

const isOn = (on: Bounds | undefined, day: Day): boolean => on?.earliest === day && on.latest === day;

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
      const overlap = Math.min(a.to, b.to) - Math.max(a.held.start, b.held.start);
      if (overlap <= 0) continue;
      days += overlap;
      events.add(a.held.detention.arrest!.eventId).add(b.held.detention.arrest!.eventId);
    }
  }
  return days === 0 ? undefined : { value: days, events: [...events] };
};
