import type { Regime } from '../facts/custody-facts.js';
import type { WorldDay, WorldDetention } from './world.js';

/** Days in custody `[from, to)` of one detention under one regime; where detentions overlap, of the one that began last. */
export interface Stretch {
  from: WorldDay;
  to: WorldDay;
  held: WorldDetention;
  regime: Regime;
}

/** How far a detention is taken to reach when a question is asked. */
export interface Reach {
  held: WorldDetention;
  to: WorldDay;
}

/** The regime on a day, and the fact that set it, as far as facts by `known` tell. */
export function regimeOn(
  { regimes }: WorldDetention,
  day: WorldDay,
  known: WorldDay,
): WorldDetention['regimes'][number] {
  let last = regimes.length - 1;
  while (last > 0 && (regimes[last]!.from > day || regimes[last]!.from > known)) last--;
  return regimes[last]!;
}

/** Cuts the reaches (in the order of their starts) into stretches, in the order of days. Together they are custody, each day once. */
export function stretchesOf(reaches: readonly Reach[], known: WorldDay): Stretch[] {
  const stretches: Stretch[] = [];
  let until = -Infinity;
  for (const reach of reaches) {
    const { start } = reach.held;
    if (start >= reach.to) continue;
    if (start < until) return stretchesOverlapping(reaches, known);
    stretches.push(...stretchesWithin(reach, start, reach.to, known));
    until = reach.to;
  }
  return stretches;
}

/** The part of one detention between two days, by regime. */
function stretchesWithin({ held }: Reach, from: WorldDay, to: WorldDay, known: WorldDay): Stretch[] {
  const { regime } = regimeOn(held, from, known);
  if (held.regimes.length === 1) return [{ from, to, held, regime }];
  const stretches: Stretch[] = [{ from, to, held, regime }];
  for (const change of held.regimes) {
    if (change.from <= from || change.from >= to || change.from > known) continue;
    const last = stretches.at(-1)!;
    if (last.from === change.from) last.regime = change.regime;
    else if (last.regime !== change.regime) {
      last.to = change.from;
      stretches.push({ from: change.from, to, held, regime: change.regime });
    }
  }
  return stretches;
}

/** Where detentions overlap, the one that began last counts. */
function stretchesOverlapping(reaches: readonly Reach[], known: WorldDay): Stretch[] {
  const inCustody = reaches.filter(({ held, to }) => held.start < to);
  const ends = new Set<WorldDay>();
  for (const { held, to } of inCustody) ends.add(held.start).add(to);
  const days = Float64Array.from(ends).sort();
  const stretches: Stretch[] = [];
  for (let i = 0; i + 1 < days.length; i++) {
    const from = days[i]!;
    const to = days[i + 1]!;
    const covering = inCustody.findLast((reach) => reach.held.start <= from && to <= reach.to);
    if (!covering) continue;
    const last = stretches.at(-1);
    const parts = stretchesWithin(covering, from, to, known);
    const joins = last?.to === from && last.held === covering.held && last.regime === parts[0]!.regime;
    if (last && joins) last.to = parts.shift()!.to;
    stretches.push(...parts);
  }
  return stretches;
}

/** Elapsed days; Infinity with an open start. */
export const daysIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + (to - from), 0);
