import type { CaseFacts } from './case-facts.js';
import type { Uuid } from './common.js';
import type { CustodyFacts } from './custody-facts.js';
import type { CorrectionFacts, DueProcessFacts } from './due-process-facts.js';
import type { EvidenceFacts } from './evidence-facts.js';
import type { PenaltyFacts, ProceedingFacts } from './proceeding-facts.js';
import type { ProtectionFacts } from './protection-facts.js';

/** Every kind of fact a case can hold, by name. A fact added here and forgotten elsewhere does not compile. */
export interface FactData
  extends
    CaseFacts,
    ProtectionFacts,
    EvidenceFacts,
    CustodyFacts,
    ProceedingFacts,
    PenaltyFacts,
    DueProcessFacts,
    CorrectionFacts {}

export type FactType = keyof FactData;

/** A fact as decided: what happened, not yet who recorded it and when. */
export type Fact<T extends FactType = FactType> = { [K in T]: { type: K; data: FactData[K] } }[T];

/** A fact as recorded: what the derivation and the fold read. */
export type RecordedFact<T extends FactType = FactType> = Fact<T> & {
  eventId: Uuid;
  /** The case in whose stream it stands; in a merged file not always the case asked for. */
  caseId: Uuid;
  /** Place in that stream, from 0. */
  revision: number;
  /** RFC 3339 in UTC with milliseconds. */
  recordedAt: string;
  /** The id of a principal. */
  recordedBy: string;
};
