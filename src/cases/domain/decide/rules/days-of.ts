import { boundsOf, type Bounds } from '../../dates/bounds.js';
import type { FactInForce } from '../../file/facts-in-force.js';
import type { Law } from '../../law/law.js';

/** Vague dates take long to read, and several rules ask for the same one. */
const read = new WeakMap<FactInForce, { bounds: Bounds; timeZone: string }>();

/** The days on which a fact in force can have happened. */
export function daysOf(fact: FactInForce, { timeZone }: Law): Bounds {
  const known = read.get(fact);
  if (known?.timeZone === timeZone) return known.bounds;
  const bounds = boundsOf(fact.data.at, fact.accounts, fact.recordedAt, timeZone);
  read.set(fact, { bounds, timeZone });
  return bounds;
}
