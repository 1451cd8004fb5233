import { finesStandingOn } from './fines.js';
import { pendingOn } from './pending.js';
import type { Casebook } from './casebook.js';
import { confirmedUntil, openOn, stepOn, type Chronicle } from './chronicle.js';
import { regimeOn } from './custody.js';
import type { DatedFact } from './docket.js';
import type { Serving } from './serving.js';
import {
  byEventId,
  compareDays,
  dayIn,
  sentencesBy,
  sentencesInForce,
  type World,
  type WorldDay,
  type WorldDetention,
} from './world.js';

export const STATUSES = [
  'deceased',
  'whereabouts_unknown',
  'in_custody_criminal',
  'in_custody_serving',
  'in_custody_overdue',
  'in_custody_undecided',
  'at_liberty_outstanding',
  'at_liberty_pending',
  'at_liberty_served',
  'at_liberty_fined',
  'at_liberty',
  'not_determinable',
] as const;
export type Status = (typeof STATUSES)[number];

/** A status in one world, with the facts that decided it. */
export interface Standing {
  status: Status;
  decidedBy: readonly DatedFact[];
}

/** The status on a day; the first that fits, in the order of `STATUSES`. */
export function standingOn(book: Casebook, chronicle: Chronicle, day: WorldDay): Standing {
  const { world } = chronicle;
  const death = world.deaths.find(({ on }) => on <= day);
  if (death) return { status: 'deceased', decidedBy: [death.fact] };
  const open = openOn(world, day);
  return open ? inCustody(chronicle, open, day) : atLiberty(book, chronicle, day);
}

function inCustody(chronicle: Chronicle, open: WorldDetention, day: WorldDay): Standing {
  const arrest = open.detention.arrest!;
  const lost = lostOn(chronicle, open, day);
  if (lost) return { status: 'whereabouts_unknown', decidedBy: [arrest, lost] };
  const { regime, fact } = regimeOn(open, day, day);
  if (regime === 'criminal') {
    return { status: 'in_custody_criminal', decidedBy: fact === arrest ? [arrest] : [arrest, fact] };
  }
  const sentences = sentencesInForce(chronicle.world, day).map(({ sentence }) => sentence.fact);
  const serving = sentences.length > 0 ? stepOn(chronicle, day)?.serving() : undefined;
  if (serving) {
    const { over } = serving;
    if (over === undefined || day < over) {
      return { status: 'in_custody_serving', decidedBy: [arrest, ...sentences] };
    }
    if (servesIn(open, serving)) {
      const status = day === over ? 'in_custody_serving' : 'in_custody_overdue';
      return { status, decidedBy: [arrest, ...sentences] };
    }
  }
  return { status: 'in_custody_undecided', decidedBy: [arrest] };
}

/** True if a day of a sentence was served in the detention, or a credit begins in it. */
const servesIn = (held: WorldDetention, { services, within }: Serving): boolean =>
  within.has(held) || services.some(({ group }) => held.start <= group.credit && group.credit < held.end);

/** Of the two kinds on one day, lost comes after established. */
function lostOn({ world }: Chronicle, open: WorldDetention, day: WorldDay): DatedFact | undefined {
  const reports = open.detention.whereabouts
    .map((fact) => ({ on: dayIn(world.side, fact.on), fact }))
    .filter(({ on }) => on <= day)
    .sort(
      (a, b) =>
        compareDays(a.on, b.on) ||
        Number(a.fact.type === 'WhereaboutsLost') - Number(b.fact.type === 'WhereaboutsLost') ||
        byEventId(a.fact, b.fact),
    );
  const last = reports.at(-1)?.fact;
  return last?.type === 'WhereaboutsLost' ? last : undefined;
}

function atLiberty(book: Casebook, chronicle: Chronicle, day: WorldDay): Standing {
  const { world } = chronicle;
  const lastEnd = lastEndBy(world, day);
  const released = lastEnd?.fact ? [lastEnd.fact] : [];

  if (lastEnd || sentencesBy(world, day).length === 0) {
    const sentences = sentencesInForce(world, day).map(({ sentence }) => sentence.fact);
    const outstanding = sentences.length > 0 ? (stepOn(chronicle, day)?.serving().outstanding ?? 0) : 0;
    if (outstanding > 0) return { status: 'at_liberty_outstanding', decidedBy: [...released, ...sentences] };
    const pending = pendingOn(book, world.side, day);
    if (pending.length > 0) return { status: 'at_liberty_pending', decidedBy: [...released, ...pending] };
    if (sentences.length > 0) return { status: 'at_liberty_served', decidedBy: [...released, ...sentences] };
    const fines = finesStandingOn(book, world.side, day);
    if (fines.length > 0) return { status: 'at_liberty_fined', decidedBy: [...released, ...fines] };
  }
  return lastEnd
    ? { status: 'at_liberty', decidedBy: released }
    : { status: 'not_determinable', decidedBy: sentencesBy(world, day).map(({ sentence }) => sentence.fact) };
}

interface End {
  on: WorldDay;
  fact: DatedFact | undefined;
}

/** How custody ended last by a day; of several ends on one day those without an arrest come last. */
function lastEndBy({ detentions, unexplainedEnds }: World, day: WorldDay): End | undefined {
  let last: End | undefined;
  const isLast = (on: WorldDay): boolean => on <= day && (!last || on >= last.on);
  for (const { start, end, endedBy } of detentions) {
    if (start <= day && isLast(end)) last = { on: end, fact: endedBy };
  }
  for (const end of unexplainedEnds) if (isLast(end.on)) last = end;
  return last;
}

/** True if the person is taken to be held on a day past all support for it. */
export function unconfirmedOn(chronicle: Chronicle, day: WorldDay): boolean {
  const open = openOn(chronicle.world, day);
  return open !== undefined && confirmedUntil(chronicle, open, day) < day;
}
