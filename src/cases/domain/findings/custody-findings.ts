import type { Bounds } from '../dates/bounds.js';
import type { Reach, Stretch } from '../timeline/custody.js';
import type { DatedFact } from '../timeline/docket.js';
import { decisionsBy } from './decisions.js';
import { counted, type FindingMaker } from './finding.js';
import { servesIn } from '../timeline/status.js';
import type { WorldDay, WorldDetention } from '../timeline/world.js';

const HOURS_PER_DAY = 24;

const administrativeDays = (custody: readonly Stretch[], held: WorldDetention, from: WorldDay): number =>
  custody
    .filter((stretch) => stretch.held === held && stretch.regime === 'administrative')
    .reduce((days, stretch) => days + Math.max(0, stretch.to - Math.max(stretch.from, from)), 0);

/** Days held after the last of the sentences was served, in a detention that served one; the longest. */
export const heldPastTerm: FindingMaker = ({ chronicle, figures: { custody, serving } }) => {
  const { over } = serving;
  if (over === undefined) return undefined;
  const past = chronicle.world.detentions
    .filter((held) => servesIn(held, serving))
    .map((held) => ({ held, days: administrativeDays(custody, held, over) }))
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
  const { figures, law } = evidence;
  const decisions = decisionsBy(evidence);
  const late = figures.reaches
    .map((reach) => ({ held: reach.held, days: undecidedDays(reach, figures.custody, decisions) }))
    // Days n apart are more than (n - 1) * 24 hours apart.
    .filter(({ days }) => (days - 1) * HOURS_PER_DAY >= law.undecidedDetentionHours.value);
  if (late.length === 0) return undefined;
  return {
    value: Math.max(...late.map(({ days }) => days)),
    events: late.map(({ held }) => held.detention.arrest!.eventId),
  };
};

function undecidedDays(
  { held, to }: Reach,
  custody: readonly Stretch[],
  decisions: readonly Bounds[],
): number {
  // A decision that may have come in time is no evidence that it did not.
  const decided = decisions
    .filter(({ earliest, latest }) => held.start <= latest && (earliest ?? -Infinity) <= held.end)
    .map(({ earliest }) => Math.max(earliest ?? -Infinity, held.start));
  const until = Math.min(to, administrativeUntil(held.start, custody), ...decided);
  return Math.max(0, until - held.start);
}

/** How far custody goes on without a break under the administrative regime. */
function administrativeUntil(start: WorldDay, custody: readonly Stretch[]): WorldDay {
  let until = start;
  for (const { from, to, regime } of custody) {
    if (to <= until) continue;
    if (from > until || regime !== 'administrative') break;
    until = to;
  }
  return until;
}

/** Let out and arrested again on one day, both days being certain; how often. */
export const rearrestedOnReleaseDay: FindingMaker = ({ book, day }) => {
  const pairs: DatedFact[] = [];
  for (const released of book.detentions) {
    for (const fact of released.ends) {
      const { on } = fact;
      if (fact.type !== 'Released' || on.earliest !== on.latest || on.latest > day) continue;
      const again = book.detentions.find(({ id, arrest }) => {
        const arrested = arrest?.on;
        return id !== released.id && arrested?.earliest === on.latest && arrested.latest === on.latest;
      });
      if (again) pairs.push(fact, again.arrest!);
    }
  }
  const found = counted(pairs);
  return found && { value: pairs.length / 2, events: [...new Set(found.events)] };
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
      const overlap = Math.min(a.to, b.to) - Math.max(a.held.start, b.held.start);
      if (overlap <= 0) continue;
      days += overlap;
      events.add(a.held.detention.arrest!.eventId).add(b.held.detention.arrest!.eventId);
    }
  }
  return days === 0 ? undefined : { value: days, events: [...events] };
};
