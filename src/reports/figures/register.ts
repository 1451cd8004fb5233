import type {
  ESTIMATE_UNITS,
  PREDICATES,
  Quantity,
  RECOMMENDATION_KINDS,
} from '../../register/domain/facts.js';

export type Predicate = (typeof PREDICATES)[number];

/** What the register says beside the cases, as the figures need it: plain data, in any order. */
export interface Register {
  campaigns: readonly Campaign[];
  estimates: readonly Estimate[];
  recommendations: readonly Recommendation[];
}

/** Days; null is an open end. */
export interface Period {
  earliest: number | null;
  latest: number | null;
}

/** A wave is a campaign with a parent. */
export interface Campaign {
  id: string;
  name: string;
  period: Period;
  parentId?: string;
  ordinal?: number;
}

/** Somebody else's number. It stands beside the register's own and is never added to it. */
export interface Estimate {
  id: string;
  quantity: Quantity;
  unit: (typeof ESTIMATE_UNITS)[number];
  predicate: Predicate;
  period: Period;
  /** The day that it counts up to; where it does not say, that of its publication, or else of its recording. */
  asOf: Period;
  campaignId?: string;
  estimator: string;
}

/** A call on somebody; `on` is when it was made. */
export interface Recommendation {
  id: string;
  kind: (typeof RECOMMENDATION_KINDS)[number];
  addressee: string;
  on: Period;
  scope: { provision?: { code: string; article: string }; campaignId?: string };
}

export const NOTHING_REGISTERED: Register = { campaigns: [], estimates: [], recommendations: [] };
