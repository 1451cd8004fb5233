import type { Circumstance, Money, RecordedDate, Uuid } from '../facts/common.js';
import type { FactData } from '../facts/facts.js';
import type { Claim, OUTCOMES, APPEAL_OUTCOMES, RUNS } from '../facts/proceeding-facts.js';

/**
 * Facts that a command records one by one, and what of each may be left out: an id of its own is then made, a release is
 * taken as unconditional.
 */
interface LeftOut {
  CaseOpened: never;
  NameRecorded: never;
  RoleRecorded: never;
  NoteAdded: never;
  ConsentRecorded: never;
  ConsentWithdrawn: never;
  CaseClosed: never;
  CaseReopened: never;
  ErasureRequested: never;
  Arrested: 'detentionId';
  Transferred: never;
  CustodyRegimeChanged: never;
  CustodyConfirmed: never;
  WhereaboutsLost: never;
  WhereaboutsEstablished: never;
  Released: 'conditional';
  DiedInCustody: never;
  Charged: 'proceedingId';
  ProceedingTerminated: never;
  HearingScheduled: 'hearingId';
  HearingHeld: never;
  HearingAdjourned: never;
  SentenceReduced: never;
  FineReduced: never;
  PenaltyAnnulled: never;
  FineWithdrawn: never;
  FinePaid: never;
  FineRefunded: never;
  AppealFiled: 'appealId';
  CounselDenied: 'denialId';
  CounselGranted: never;
  ConditionReported: never;
  EventCorrected: never;
  EventVoided: never;
  SourceCited: never;
}

export type RecordableType = keyof LeftOut;

type Optional<T, K extends PropertyKey> = Omit<T, K> & Partial<Pick<T, K & keyof T>>;

export type DraftFact = {
  [K in RecordableType]: { type: K; data: Optional<FactData[K], LeftOut[K]> };
}[RecordableType];

export interface SentenceTerms {
  penaltyId?: Uuid;
  days: number;
  runs?: (typeof RUNS)[number];
  creditedFrom?: RecordedDate;
  claimed?: Claim;
}

export interface FineTerms {
  penaltyId?: Uuid;
  amount?: Money;
  baseUnits?: number;
  reported?: Money[];
}

export type PenaltyTerms = ({ kind: 'sentence' } & SentenceTerms) | ({ kind: 'fine' } & FineTerms);

export type PenaltyChange = { penaltyId: Uuid; annulled?: boolean; days?: number; amount?: Money };

/** What can be asked of one case. Merging, which touches two, is in `merge.ts`. */
export type CaseCommand =
  | { name: 'RecordFact'; fact: DraftFact }
  | {
      name: 'RenderDecision';
      data: Circumstance & {
        decisionId?: Uuid;
        proceedingId?: Uuid;
        outcome: (typeof OUTCOMES)[number];
        court?: string;
        judge?: string;
        penalties?: PenaltyTerms[];
      };
    }
  /** Shorthand: a new decision with this penalty; with the id of a recorded decision, the penalty alone. */
  | {
      name: 'ImposePenalty';
      data: Circumstance & { decisionId?: Uuid; proceedingId?: Uuid; penalty: PenaltyTerms };
    }
  | {
      name: 'DecideAppeal';
      data: Circumstance & {
        appealId: Uuid;
        outcome: (typeof APPEAL_OUTCOMES)[number];
        penalties?: PenaltyChange[];
      };
    }
  /** To nobody in particular (an empty list) lifts the restriction. */
  | { name: 'RestrictCase'; data: Circumstance & { to: Uuid[]; reason: string } }
  /** Starts the erasure that somebody else has requested. */
  | { name: 'ApproveErasure'; data: Pick<Circumstance, 'at'> }
  /** The file lies where it belongs by the time this is recorded. */
  | { name: 'AttachEvidence'; data: FactData['EvidenceAttached'] }
  | { name: 'IssueExport'; data: FactData['ExportIssued'] }
  /** For the service alone, once the keys are destroyed: all else that the certificate says follows from the file. */
  | { name: 'CertifyErasure'; data: { destroyedKeys: string[]; sealedEvents: number } };
