import type { Circumstance, Money, RecordedDate, Uuid } from './common.js';

export const CHARGE_KINDS = ['administrative', 'criminal'] as const;
export const ACT_KINDS = ['assembly', 'online_expression', 'other'] as const;
export const OUTCOMES = ['penalised', 'warning', 'terminated', 'returned', 'acquitted'] as const;
export const RUNS = ['consecutive', 'concurrent', 'unknown'] as const;
export const ANNULLED_BY = ['appeal', 'review', 'pardon', 'other'] as const;
export const PAID_BY = ['self', 'family', 'fund', 'unknown'] as const;
export const APPEAL_OUTCOMES = [
  'upheld',
  'reduced',
  'annulled_terminated',
  'annulled_remitted',
  'inadmissible',
] as const;

/** Of a code or an article: the law knows which there are. */
export const PROVISION_ID = /^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$/;
/** Of a part, of which the law is not asked. It stays readable when a case is erased, so that no prose fits it. */
export const PART_NUMBER = /^\d{1,3}([.-]\d{1,3}){0,3}$/;

export interface Provision {
  code: string;
  article: string;
  part?: string;
}

export interface ProceedingFacts {
  Charged: Circumstance & {
    proceedingId: Uuid;
    /** Absent means administrative. */
    kind?: (typeof CHARGE_KINDS)[number];
    provision?: Provision;
    allegedAct?: string;
    actKind?: (typeof ACT_KINDS)[number];
    campaignId?: Uuid;
    detentionId?: Uuid;
  };
  /** `at` is the planned date. */
  HearingScheduled: Circumstance & { hearingId: Uuid; proceedingId: Uuid; court?: string; judge?: string };
  HearingHeld: Circumstance & { hearingId: Uuid; counselPresent?: boolean };
  HearingAdjourned: Circumstance & { hearingId: Uuid; to?: RecordedDate };
  DecisionRendered: Circumstance & {
    decisionId: Uuid;
    proceedingId?: Uuid;
    outcome: (typeof OUTCOMES)[number];
    court?: string;
    judge?: string;
  };
  ProceedingTerminated: Circumstance & { proceedingId: Uuid; by: string };
  AppealFiled: Circumstance & { appealId: Uuid; decisionId: Uuid };
  AppealDecided: Circumstance & { appealId: Uuid; outcome: (typeof APPEAL_OUTCOMES)[number] };
}

export interface Claim {
  ordinal?: number;
  cumulativeDays?: number;
}

export interface PenaltyFacts {
  Sentenced: Circumstance & {
    penaltyId: Uuid;
    decisionId: Uuid;
    proceedingId?: Uuid;
    days: number;
    /** Absent means unknown. */
    runs?: (typeof RUNS)[number];
    creditedFrom?: RecordedDate;
    claimed?: Claim;
  };
  /** At least one of amount, baseUnits and reported. */
  Fined: Circumstance & {
    penaltyId: Uuid;
    decisionId: Uuid;
    proceedingId?: Uuid;
    amount?: Money;
    baseUnits?: number;
    reported?: Money[];
  };
  SentenceReduced: Circumstance & { penaltyId: Uuid; days: number; by: string };
  FineReduced: Circumstance & { penaltyId: Uuid; amount: Money; by: string };
  PenaltyAnnulled: Circumstance & { penaltyId: Uuid; by: (typeof ANNULLED_BY)[number] };
  FineWithdrawn: Circumstance & { penaltyId: Uuid };
  FinePaid: Circumstance & { penaltyId: Uuid; amount: Money; by: (typeof PAID_BY)[number] };
  FineRefunded: Circumstance & { penaltyId: Uuid; amount: Money };
}
