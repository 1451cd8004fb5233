import { stretchesOf, type Reach, type Stretch } from './custody.js';
import { groupsAt } from './groups.js';
import { once } from './once.js';
import { serve, type Serving } from './serving.js';
import { compareDays, type World, type WorldDay, type WorldDetention } from './world.js';

/** What was known and presumed from one day until the next on which something about custody or a sentence happened. */
export interface Step {
  from: WorldDay;
  /** The detention without an end by then that began last. */
  open: WorldDetention | undefined;
  /** How the sentences in force are served if whoever is held is not let out. */
  serving: () => Serving;
  /** How far sentences passed and terms presumed served supported a detention before this step. */
  presumedUntil: (held: WorldDetention) => WorldDay;
  /** What custody comes to on each of its days; only where nobody is held in it, and so the days do not differ. */
  custody?: () => CustodyFigures;
}

/** The custody in one world up to one day, and what it served of the sentences in force. */
export interface CustodyFigures {
  reaches: readonly Reach[];
  custody: readonly Stretch[];
  serving: Serving;
}

/** A world told in order. Each step depends on those before it only, so it serves every date of asking. */
export interface Chronicle {
  world: World;
  steps: Step[];
}

/** Steps are worked out when they are asked for: most questions are about the last one or two of many. */
export function chronicleOf(world: World): Chronicle {
  const moments = momentsOf(world);
  const steps: Step[] = [];
  const chronicle = { world, steps };
  const supports: (() => WorldDay)[] = [];
  for (const [i, from] of moments.entries()) {
    const open = openOn(world, from);
    const presumedUntil = (held: WorldDetention): WorldDay => {
      let until = -Infinity;
      for (let k = 0; k < i; k++) {
        if (steps[k]!.open === held) until = Math.max(until, supports[k]!());
      }
      return until;
    };
    const serving = once(() => servingIfNotLetOut(world, from, open, presumedUntil));
    const step: Step = { from, open, serving, presumedUntil };
    if (!open) step.custody = once(() => custodyUpTo(chronicle, from));
    steps.push(step);
    // What was supported stays supported, but a presumption holds only until something new happens.
    supports.push(
      once(() =>
        Math.max(
          Math.min(serving().over ?? -Infinity, moments[i + 1] ?? Infinity),
          decidedWhileOpen(world, open!, from),
        ),
      ),
    );
  }
  return chronicle;
}

function momentsOf({ detentions, sentences }: World): WorldDay[] {
  const moments = new Set<WorldDay>();
  for (const [i, { start, end, regimes, mentions }] of detentions.entries()) {
    moments.add(start);
    if (end !== Infinity) moments.add(end);
    for (const { from } of regimes.slice(1)) moments.add(from);
    // A detention left open while another has begun reaches as far as it is mentioned.
    const next = detentions[i + 1]?.start ?? Infinity;
    for (const { on } of mentions) if (on >= next) moments.add(on);
  }
  for (const { on, reductions, annulledOn } of sentences) {
    moments.add(on);
    if (annulledOn !== Infinity) moments.add(annulledOn);
    for (const reduction of reductions) moments.add(reduction.on);
  }
  return [...moments].sort(compareDays);
}

export const openOn = ({ detentions }: World, day: WorldDay): WorldDetention | undefined =>
  detentions.findLast(({ start, end }) => start <= day && day < end);

export function stepOn({ steps }: Chronicle, day: WorldDay): Step | undefined {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.from <= day) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1];
}

function mentionedUntil(held: WorldDetention, known: WorldDay): WorldDay {
  let until = -Infinity;
  for (const { on, supports } of held.mentions) if (on <= known && supports > until) until = supports;
  return until;
}

function decidedWhileOpen(world: World, open: WorldDetention, known: WorldDay): WorldDay {
  let until = -Infinity;
  for (const { on, supports } of world.sentences) {
    if (on > known) break;
    if (on >= open.start && supports > until) until = supports;
  }
  return until;
}

function servingIfNotLetOut(
  world: World,
  known: WorldDay,
  open: WorldDetention | undefined,
  presumedUntil: Step['presumedUntil'],
): Serving {
  const groups = groupsAt(world, known);
  if (groups.length === 0) return serve(groups, []);
  const reaches = reachesOn(world, known, (held) =>
    held === open || world.side === 'wide'
      ? Infinity
      : Math.max(presumedUntil(held), mentionedUntil(held, known)),
  );
  return serve(groups, stretchesOf(reaches, known));
}

/** How far every detention begun by a day reaches; those without an end by then as far as `openUntil` says. */
function reachesOn(world: World, day: WorldDay, openUntil: (held: WorldDetention) => WorldDay): Reach[] {
  const reaches: Reach[] = [];
  for (const held of world.detentions) {
    if (held.start > day) break;
    reaches.push({ held, to: held.end <= day ? held.end : openUntil(held) });
  }
  return reaches;
}

/** The last day for which there is any support that the open detention lasts. Past it the narrow world counts no days. */
export function confirmedUntil(chronicle: Chronicle, open: WorldDetention, day: WorldDay): WorldDay {
  const step = stepOn(chronicle, day);
  const presumed = Math.max(
    step?.presumedUntil(open) ?? -Infinity,
    step?.open === open ? (step.serving().over ?? -Infinity) : -Infinity,
    decidedWhileOpen(chronicle.world, open, day),
  );
  return Math.max(presumed, mentionedUntil(open, day));
}

/** What custody comes to on a day. */
export const custodyOn = (chronicle: Chronicle, day: WorldDay): CustodyFigures =>
  stepOn(chronicle, day)?.custody?.() ?? custodyUpTo(chronicle, day);

function custodyUpTo(chronicle: Chronicle, day: WorldDay): CustodyFigures {
  const reaches = reachesBy(chronicle, day);
  const custody = stretchesOf(reaches, day);
  return { reaches, custody, serving: serve(groupsAt(chronicle.world, day), custody) };
}

/** How far each detention begun by a day is counted in this world. */
function reachesBy(chronicle: Chronicle, day: WorldDay): Reach[] {
  const { world } = chronicle;
  const step = stepOn(chronicle, day);
  return reachesOn(world, day, (held) => {
    if (world.side === 'wide') return day;
    const supported =
      held === step?.open
        ? confirmedUntil(chronicle, held, day)
        : Math.max(step?.presumedUntil(held) ?? -Infinity, mentionedUntil(held, day));
    return Math.min(day, supported);
  });
}
