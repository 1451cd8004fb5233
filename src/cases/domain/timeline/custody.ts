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
  held: WorldDetention,
  day: WorldDay,
  known: WorldDay,
): WorldDetention['regimes'][number] {
  return held.regimes.findLast(({ from }) => from <= day && from <= known) ?? held.regimes[0]!;
}

/** Cuts the reaches (in the order of their starts) into stretches, in the order of days. Together they are custody, each day once. */
export function stretchesOf(reaches: readonly Reach[], known: WorldDay): Stretch[] {
  const inCustody = reaches.filter(({ held, to }) => held.start < to);
  const cuts = new Set<WorldDay>();
  for (const { held, to } of inCustody) {
    cuts.add(held.start);
    cuts.add(to);
    for (const { from } of held.regimes) if (held.start < from && from < to && from <= known) cuts.add(from);
  }
  const days = Float64Array.from(cuts).sort();

  const stretches: Stretch[] = [];
  for (let i = 0; i + 1 < days.length; i++) {
    const from = days[i]!;
    const to = days[i + 1]!;
    const covering = inCustody.findLast((reach) => reach.held.start <= from && to <= reach.to);
    if (!covering) continue;
    const { regime } = regimeOn(covering.held, from, known);
    const last = stretches.at(-1);
    if (last && last.to === from && last.held === covering.held && last.regime === regime) last.to = to;
    else stretches.push({ from, to, held: covering.held, regime });
  }
  return stretches;
}

/** Elapsed days; Infinity with an open start. */
export const daysIn = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, to }) => sum + (to - from), 0);
