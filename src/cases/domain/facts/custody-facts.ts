import type { Circumstance, Uuid } from './common.js';

export const REGIMES = ['administrative', 'criminal'] as const;
export type Regime = (typeof REGIMES)[number];

export const RELEASE_BASES = [
  'term_served',
  'early',
  'annulled',
  'no_charge',
  'temporary',
  'unknown',
] as const;
export const CAUSE_STATUSES = ['official', 'disputed', 'unknown'] as const;

/** `region` is an ISO 3166-2 code. */
export interface Place {
  region?: string;
  detail?: string;
}

export interface CustodyFacts {
  Arrested: Circumstance & {
    detentionId: Uuid;
    /** Absent means administrative. */
    regime?: Regime;
    place?: Place;
    authority?: string;
    facility?: string;
    campaignId?: Uuid;
    warrantShown?: boolean;
    statedReason?: string;
    circumstances?: string;
  };
  Transferred: Circumstance & { detentionId: Uuid; facility: string };
  CustodyRegimeChanged: Circumstance & { detentionId: Uuid; regime: Regime };
  CustodyConfirmed: Circumstance & { detentionId: Uuid };
  WhereaboutsLost: Circumstance & { detentionId: Uuid };
  WhereaboutsEstablished: Circumstance & { detentionId: Uuid; facility?: string };
  Released: Circumstance & {
    detentionId: Uuid;
    basis: (typeof RELEASE_BASES)[number];
    conditional: boolean;
    conditions?: string;
  };
  DiedInCustody: Circumstance & { detentionId: Uuid; causeStatus: (typeof CAUSE_STATUSES)[number] };
}
