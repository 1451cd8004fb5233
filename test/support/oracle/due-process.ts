import { boundsWithin, ofType, type Known } from './known.js';

export interface Pair {
  min: number;
  max: number | null;
}

export interface CounselDenials {
  count: number;
  hours: Pair;
  within48h: number;
  exceeded48h: number;
  undetermined: number;
}

/** From the duration if one is given, else from the days between; what the sources leave open stays open. */
export function hoursOf(denial: Known<'CounselDenied'>): Pair {
  const { duration, until } = denial.data;
  if (duration) return { min: duration.atLeastHours ?? 0, max: duration.atMostHours ?? null };
  if (until === undefined) return { min: 0, max: null };
  const from = denial.bounds;
  const to = boundsWithin(denial, until);
  const fewest = to.earliest - from.latest;
  const most = to.latest - from.earliest;
  return {
    min: Math.max(0, (fewest - 1) * 24),
    max: Number.isFinite(most) ? Math.max(0, (most + 1) * 24) : null,
  };
}

export function counselDenials(facts: readonly Known[]): CounselDenials {
  const hours = ofType(facts, 'CounselDenied').map(hoursOf);
  const within48h = hours.filter(({ max }) => max !== null && max <= 48).length;
  const exceeded48h = hours.filter(({ min, max }) => min > 48 && !(max !== null && max <= 48)).length;
  return {
    count: hours.length,
    hours: {
      min: hours.reduce((sum, { min }) => sum + min, 0),
      max: hours.reduce<number | null>(
        (sum, { max }) => (sum === null || max === null ? null : sum + max),
        0,
      ),
    },
    within48h,
    exceeded48h,
    undetermined: hours.length - within48h - exceeded48h,
  };
}

export function conditions(facts: readonly Known[]): { count: number; hours: Pair } {
  const reports = ofType(facts, 'ConditionReported');
  const hours = reports.reduce((sum, { data }) => sum + (data.hours ?? 0), 0);
  return { count: reports.length, hours: { min: hours, max: hours } };
}
