import { CUT_KINDS, type CutKind } from './connection-cut.js';

/** How often each kind is drawn among how many. A stall takes five seconds, a half-open connection as long to be noticed. */
const SHARES: Record<CutKind, number> = {
  'before it arrives': 30,
  'before the reply': 30,
  'in mid stream': 24,
  'half-open': 8,
  stalled: 8,
};

/** So many cuts, each drawn from these kinds. */
export function drawCuts(count: number, kinds: readonly CutKind[], random: () => number): CutKind[] {
  const lots = kinds.flatMap((kind) => Array.from({ length: SHARES[kind] }, () => kind));
  return Array.from({ length: count }, () => lots[Math.floor(random() * lots.length)] ?? 'in mid stream');
}

export type Tally = Record<CutKind, number>;

export function tallyOf(cuts: readonly CutKind[]): Tally {
  const count = (kind: CutKind) => [kind, cuts.filter((one) => one === kind).length];
  return Object.fromEntries(CUT_KINDS.map(count)) as Tally;
}
