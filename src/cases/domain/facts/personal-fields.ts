import type { CorrectionFacts } from './due-process-facts.js';
import type { FactData, FactType } from './facts.js';
import { readablePartBy, type ReadableFields } from './readable-part.js';

const source = { kind: true, published: true, confidential: true, reliability: true } as const;
export const READABLE_CIRCUMSTANCE = { at: true, sources: source } as const;
const circumstance = READABLE_CIRCUMSTANCE;

const money = { value: true, currency: true, qualifier: true } as const;
const detention = { ...circumstance, detentionId: true } as const;
const penalty = { ...circumstance, penaltyId: true } as const;

/** Of what undoes a mistake, wherever that stands. */
export const READABLE_CORRECTIONS: ReadableFields<Pick<CorrectionFacts, 'EventCorrected' | 'EventVoided'>> = {
  // The new payload of a corrected event is read as the type it replaces.
  EventCorrected: { ...circumstance, eventId: true },
  EventVoided: { ...circumstance, eventId: true, reason: true },
};

/** A new kind of fact does not compile until it has a row. */
const READABLE: ReadableFields<FactData> = {
  CaseOpened: { ...circumstance, person: { roles: true, sex: true } },
  NameRecorded: circumstance,
  RoleRecorded: { ...circumstance, role: true, from: true, until: true },
  NoteAdded: circumstance,
  ConsentRecorded: { ...circumstance, scope: true, by: true, expires: true },
  ConsentWithdrawn: { ...circumstance, scope: true },
  CaseClosed: circumstance,
  CaseReopened: circumstance,
  CaseMerged: { ...circumstance, intoCaseId: true },
  CaseAbsorbed: { ...circumstance, caseId: true, throughRevision: true },
  CaseUnmerged: { ...circumstance, fromCaseId: true, restrictedTo: true },
  CaseReleasedFromMerge: { ...circumstance, caseId: true, restrictedTo: true },

  CaseRestricted: { ...circumstance, to: true },
  CaseUnrestricted: circumstance,
  ErasureRequested: circumstance,
  SubjectErasureStarted: { ...circumstance, requestEventId: true },
  SubjectErased: {
    ...circumstance,
    requestEventId: true,
    caseIds: true,
    destroyedKeys: true,
    sealedEvents: true,
    warnings: true,
  },

  EvidenceAttached: {
    ...circumstance,
    evidenceId: true,
    sha256: true,
    size: true,
    mediaType: true,
    capturedAt: true,
  },
  ExportIssued: {
    ...circumstance,
    revision: true,
    leafHash: true,
    merged: { caseId: true, revision: true, leafHash: true },
  },

  Arrested: { ...detention, regime: true, place: { region: true }, campaignId: true, warrantShown: true },
  Transferred: detention,
  CustodyRegimeChanged: { ...detention, regime: true },
  CustodyConfirmed: detention,
  WhereaboutsLost: detention,
  WhereaboutsEstablished: detention,
  Released: { ...detention, basis: true, conditional: true },
  DiedInCustody: { ...detention, causeStatus: true },

  Charged: {
    ...detention,
    proceedingId: true,
    kind: true,
    provision: { code: true, article: true, part: true },
    actKind: true,
    campaignId: true,
  },
  HearingScheduled: { ...circumstance, hearingId: true, proceedingId: true },
  HearingHeld: { ...circumstance, hearingId: true, counselPresent: true },
  HearingAdjourned: { ...circumstance, hearingId: true, to: true },
  DecisionRendered: { ...circumstance, decisionId: true, proceedingId: true, outcome: true },
  // Who terminated a proceeding or reduced a penalty is free text, and may be a judge by name.
  ProceedingTerminated: { ...circumstance, proceedingId: true },
  AppealFiled: { ...circumstance, appealId: true, decisionId: true },
  AppealDecided: { ...circumstance, appealId: true, outcome: true },

  Sentenced: {
    ...penalty,
    decisionId: true,
    proceedingId: true,
    days: true,
    runs: true,
    creditedFrom: true,
    claimed: { ordinal: true, cumulativeDays: true },
  },
  Fined: {
    ...penalty,
    decisionId: true,
    proceedingId: true,
    amount: money,
    baseUnits: true,
    reported: money,
  },
  SentenceReduced: { ...penalty, days: true },
  FineReduced: { ...penalty, amount: money },
  PenaltyAnnulled: { ...penalty, by: true },
  FineWithdrawn: penalty,
  FinePaid: { ...penalty, amount: money, by: true },
  FineRefunded: { ...penalty, amount: money },

  CounselDenied: {
    ...detention,
    denialId: true,
    until: true,
    duration: { atLeastHours: true, atMostHours: true },
    requests: true,
    pretext: true,
  },
  CounselGranted: { ...detention, denialId: true, private: true },
  ConditionReported: { ...detention, kind: true, hours: true, reportedBy: true },

  ...READABLE_CORRECTIONS,
  SourceCited: { ...circumstance, eventId: true, source, agrees: true },
};

/** The part of a fact's data that is not personal: see `readablePartBy`. */
export const withoutPersonalFields = readablePartBy(READABLE);

/** Every kind of fact by name. */
export const FACT_TYPES = Object.keys(READABLE) as readonly FactType[];
