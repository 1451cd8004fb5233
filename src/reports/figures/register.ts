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

const PREDICATES = [
  'arrested',
  'charged',
  'penalised',
  'sentenced',
  'fined',
  'charged_and_fined',
  'detained',
] as const;
export type Predicate = (typeof PREDICATES)[number];

/** Somebody else's number. It stands beside the register's own and is never added to it. */
export interface Estimate {
  id: string;
  quantity: {
    op: 'eq' | 'gt' | 'ge' | 'about' | 'between';
    value?: number;
    low?: number;
    high?: number;
    word?: string;
  };
  unit: 'persons' | 'penalties';
  predicate: Predicate;
  period: Period;
  campaignId?: string;
  estimator: string;
}

const RECOMMENDATION_KINDS = ['terminate_proceedings', 'release_unconditional', 'withdraw_fines'] as const;

/** A call on somebody; `on` is when it was made. */
export interface Recommendation {
  id: string;
  kind: (typeof RECOMMENDATION_KINDS)[number];
  addressee: string;
  on: Period;
  scope: { provision?: { code: string; article: string }; campaignId?: string };
}

export const NOTHING_REGISTERED: Register = { campaigns: [], estimates: [], recommendations: [] };
