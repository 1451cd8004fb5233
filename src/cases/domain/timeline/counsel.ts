import type { DatedFact } from './docket.js';

/** Hours, at least and at most; no upper bound is null. */
export interface Hours {
  min: number;
  max: number | null;
}

/** How long counsel was denied: as stated, else from the dates, n days apart being (n - 1) * 24 to (n + 1) * 24 hours. */
export function hoursDenied({ data, on, until }: DatedFact<'CounselDenied'>): Hours {
  if (data.duration) {
    return { min: data.duration.atLeastHours ?? 0, max: data.duration.atMostHours ?? null };
  }
  if (!until) return { min: 0, max: null };
  const fewestDays = until.earliest === null ? -Infinity : until.earliest - on.latest;
  return {
    min: Math.max(0, (fewestDays - 1) * 24),
    max: on.earliest === null ? null : Math.max(0, (until.latest - on.earliest + 1) * 24),
  };
}

export const exceeds = (hours: Hours, limit: number): boolean => hours.min > limit;

export interface CounselFigures {
  count: number;
  hours: Hours;
  within48h: number;
  exceeded48h: number;
  undetermined: number;
}

/** `limit` is the law's: the hours within which counsel must be let in. */
export function counselFigures(
  denials: readonly DatedFact<'CounselDenied'>[],
  limit: number,
): CounselFigures {
  const each = denials.map(hoursDenied);
  const exceeded48h = each.filter((hours) => exceeds(hours, limit)).length;
  const within48h = each.filter(({ max }) => max !== null && max <= limit).length;
  return {
    count: each.length,
    hours: {
      min: each.reduce((sum, { min }) => sum + min, 0),
      max: each.reduce<number | null>((sum, { max }) => (sum === null || max === null ? null : sum + max), 0),
    },
    within48h,
    exceeded48h,
    undetermined: each.length - exceeded48h - within48h,
  };
}
