/** What a product figure is held to: a part or a multiple of its baseline in the same run, or a bound in its own unit. */
export type Target = { timesBaseline: number } | { below: number } | { atLeast: number };

export type Unit = '/s' | 'ms' | 'MB' | 's' | '%';

/** One line of the table. The figures are one per round; their medians are compared. */
export interface Figure {
  what: string;
  unit: Unit;
  product: readonly number[];
  baseline?: { name: string; rounds: readonly number[] };
  /** Absent: told for information only. */
  target?: Target;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}

/** `part` from 0 to 1: the value that so many of all do not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

/** Undefined without a baseline. */
export function ratio({ product, baseline }: Figure): number | undefined {
  return baseline && median(product) / median(baseline.rounds);
}

/** Undefined without a target. */
export function isMet(figure: Figure): boolean | undefined {
  const { product, target } = figure;
  if (!target) return undefined;
  if ('below' in target) return median(product) < target.below;
  if ('atLeast' in target) return median(product) >= target.atLeast;
  return (ratio(figure) ?? 0) >= target.timesBaseline;
}
