import type { Circumstance, RecordedDate, Uuid } from '../../cases/domain/facts/common.js';
import type { CorrectionFacts } from '../../cases/domain/facts/due-process-facts.js';
import type { Provision } from '../../cases/domain/facts/proceeding-facts.js';

/** How the number of an estimate is meant: equal, greater, at least, about, or between two. */
export const QUANTITY_OPS = ['eq', 'gt', 'ge', 'about', 'between'] as const;
export const ESTIMATE_UNITS = ['persons', 'penalties'] as const;
/** What is counted. A report sets what is documented beside an estimate only where it counts the same. */
export const PREDICATES = [
  'arrested',
  'charged',
  'penalised',
  'sentenced',
  'fined',
  'charged_and_fined',
  'detained',
] as const;
export const RECOMMENDATION_KINDS = [
  'terminate_proceedings',
  'release_unconditional',
  'withdraw_fines',
] as const;

/** `low` and `high` of what lies between two; else `value`, or a word (`dozens`) where there is no number. */
export interface Quantity {
  op: (typeof QUANTITY_OPS)[number];
  value?: number;
  low?: number;
  high?: number;
  /** As the estimator says it. */
  word?: string;
}

/** What a recommendation is about; with neither, all that is recorded. */
export interface Scope {
  provision?: Provision;
  campaignId?: Uuid;
}

/** What is recorded beside the cases, each in a stream of its own, whose name has its id. */
export interface SubjectFacts {
  /** A wave is a campaign with a parent; `ordinal` says which one. */
  CampaignDefined: Circumstance & {
    name: string;
    period: RecordedDate;
    trigger?: string;
    parentId?: Uuid;
    ordinal?: number;
  };
  /** What others estimate. It is set beside our own counts, and never added to them. */
  EstimateRecorded: Circumstance & {
    quantity: Quantity;
    unit: (typeof ESTIMATE_UNITS)[number];
    predicate: (typeof PREDICATES)[number];
    period: RecordedDate;
    campaignId?: Uuid;
    estimator: string;
    relayedBy?: string;
    asOf?: RecordedDate;
  };
  RecommendationIssued: Circumstance & {
    kind: (typeof RECOMMENDATION_KINDS)[number];
    addressee: string;
    scope: Scope;
  };
}

export type RegisterFacts = SubjectFacts & Pick<CorrectionFacts, 'EventCorrected' | 'EventVoided'>;

export type SubjectType = keyof SubjectFacts;
export type RegisterFactType = keyof RegisterFacts;

/** A fact as decided: not yet who recorded it and when. */
export type RegisterFact<T extends RegisterFactType = RegisterFactType> = {
  [K in T]: { type: K; data: RegisterFacts[K] };
}[T];

/** A fact as recorded. */
export type RecordedRegisterFact<T extends RegisterFactType = RegisterFactType> = RegisterFact<T> & {
  eventId: Uuid;
  /** In which it stands: `campaign-<id>`. */
  stream: string;
  /** The id in its name. */
  subjectId: Uuid;
  /** Place in that stream, from 0. */
  revision: number;
  /** RFC 3339 in UTC with milliseconds. */
  recordedAt: string;
};
